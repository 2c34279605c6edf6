metadata description = 'What the container apps run in.'

@description('Where the environment lives.')
param location string

@description('Tags of every resource.')
param tags object

@description('Distinguishes the names of this deployment.')
param token string

@description('Resource id of the log workspace.')
param workspaceId string

@description('An OTLP collector that takes traces and metrics; empty: none.')
param otlpEndpoint string

resource environment 'Microsoft.App/managedEnvironments@2026-07-01' = {
  name: 'cae-vod-${token}'
  location: location
  tags: tags
  properties: {
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    // By a diagnostic setting: the other way would need the workspace's key.
    appLogsConfiguration: { destination: 'azure-monitor' }
    // The environment's agent tells the apps its address (OTEL_EXPORTER_OTLP_ENDPOINT); they export where there is one. Not to
    // Application Insights: it would take no metrics that way, and want its key. The host sends it logs and calls by identity.
    openTelemetryConfiguration: empty(otlpEndpoint)
      ? null
      : {
          destinationsConfiguration: {
            otlpConfigurations: [{ name: 'collector', endpoint: otlpEndpoint, insecure: false }]
          }
          tracesConfiguration: { destinations: ['collector'] }
          metricsConfiguration: { destinations: ['collector'] }
        }
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
