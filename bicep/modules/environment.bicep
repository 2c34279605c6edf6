metadata description = 'What the container apps run in.'

@description('Where the environment lives.')
param location string

@description('Tags of every resource.')
param tags object

@description('Name of the environment.')
param name string

@description('Resource id of the log workspace.')
param workspaceId string

@description('An OTLP collector that takes traces and metrics; empty: none.')
param otlpEndpoint string

@description('Subnet of the apps, delegated to Microsoft.App/environments; empty: the platform\'s own network.')
param subnetId string

resource environment 'Microsoft.App/managedEnvironments@2026-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    // Left out, a subscription may be given an Express environment: without profiles, logs to Azure Monitor, or an agent.
    environmentMode: 'WorkloadProfiles'
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    // By a diagnostic setting: the other way would need the workspace's key.
    appLogsConfiguration: { destination: 'azure-monitor' }
    vnetConfiguration: empty(subnetId) ? null : { infrastructureSubnetId: subnetId, internal: false }
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
    // What the platform says of scaling, pulls and probes. What the apps say comes from them, once: their console is read with
    // az containerapp logs show, and stored nowhere.
    logs: [{ category: 'ContainerAppSystemLogs', enabled: true }]
  }
}

@description('Resource id of the environment.')
output id string = environment.id

@description('The domain of its apps: {app}.{domain}.')
output defaultDomain string = environment.properties.defaultDomain
