metadata description = 'Logs, telemetry, and whom alerts are sent to.'

@description('Where the resources live.')
param location string

@description('Tags of every resource.')
param tags object

@description('Distinguishes the names of this deployment.')
param token string

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('Gigabytes of logs a day after which nothing more is taken in; -1 for no cap.')
@minValue(-1)
@maxValue(1000)
param dailyCapGb int

@description('Who gets the alerts; empty: they are only shown in the portal.')
param alertEmail string

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: 'log-vod-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-vod-${token}'
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
  name: 'ag-vod-${token}'
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

@description('Name of Application Insights.')
output insightsName string = insights.name

@description('Where telemetry goes. With local authentication off it is no secret.')
output insightsConnectionString string = insights.properties.ConnectionString

@description('Resource id of the group that alerts are sent to.')
output actionGroupId string = actionGroup.id
