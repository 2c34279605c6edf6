metadata description = 'Logs, telemetry, and whom alerts are sent to.'

import { names } from 'names.bicep'

@description('Where the resources live.')
param location string

@description('Tags of every resource.')
param tags object

@description('Names of this deployment\'s resources.')
param name names

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('Gigabytes of logs a day after which nothing more is taken in, such as 0.5; -1 for no cap.')
param dailyCapGb string

@description('Who gets the alerts; empty: they are only shown in the portal.')
param alertEmail string

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: name.workspace
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: json(dailyCapGb) }
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name.insights
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // Telemetry is taken from the apps' identity only; the connection string alone is no key.
    DisableLocalAuth: true
  }
}

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name.actionGroup
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'vod'
    enabled: true
    emailReceivers: empty(alertEmail)
      ? []
      : [
          {
            name: 'operators'
            emailAddress: alertEmail
            useCommonAlertSchema: true
          }
        ]
  }
}

@description('Resource id of the log workspace.')
output workspaceId string = workspace.id

@description('Resource id of the group that alerts are sent to.')
output actionGroupId string = actionGroup.id
