metadata description = 'What the container apps run in.'

@description('Where the environment lives.')
param location string

@description('Tags of every resource.')
param tags object

@description('Distinguishes the names of this deployment.')
param token string

@description('Resource id of the log workspace.')
param workspaceId string

resource environment 'Microsoft.App/managedEnvironments@2026-01-01' = {
  name: 'cae-vod-${token}'
  location: location
  tags: tags
  properties: {
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    // By a diagnostic setting: the other way would need the workspace's key.
    appLogsConfiguration: { destination: 'azure-monitor' }
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: environment
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
  }
}

@description('Resource id of the environment.')
output id string = environment.id
