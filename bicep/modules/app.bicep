metadata description = 'One container app that runs the image. Its scale rules are written here: docs/adr/0027-apps-are-plain-container-apps.md.'

@description('Where the app lives.')
param location string

@description('Tags of the app.')
param tags object

@description('Name of the app.')
@minLength(2)
@maxLength(32)
param name string

@description('Resource id of the environment.')
param environmentId string

@description('Resource id of the identity that the app signs in with.')
param identityId string

@description('Resource id of the identity that the image is pulled with. The container gets no token of it.')
param pullIdentityId string

@description('Host name of the registry.')
param registryServer string

@description('The image.')
@minLength(1)
param image string

@description('The settings.')
param settings { name: string, value: string }[]

@description('Cores.')
@allowed(['0.5', '1', '2', '4'])
param cpu string

@description('Memory: twice the cores.')
@allowed(['1Gi', '2Gi', '4Gi', '8Gi'])
param memory string

@description('Whether the app is reached from the internet. Else it is not reached at all.')
param external bool

@description('Origins whose pages may call it; one that is not reached has none.')
param corsOrigins string[]

@description('Fewest replicas.')
@minValue(0)
@maxValue(300)
param minReplicas int

@description('Most replicas.')
@minValue(1)
@maxValue(300)
param maxReplicas int

@description('KEDA scale rules.')
param scaleRules resourceInput<'Microsoft.App/containerApps@2026-01-01'>.properties.template.scale.rules

@description('Seconds without work after which replicas are taken away.')
param cooldownSeconds int

@description('Seconds between SIGTERM and SIGKILL; the platform takes 600 at most.')
@maxValue(600)
param graceSeconds int

var port = 8080

// No kind: a kind "functionapp" makes its scale rules itself and refuses others.
resource app 'Microsoft.App/containerApps@2026-01-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {}, '${pullIdentityId}': {} }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 5
      registries: [{ server: registryServer, identity: pullIdentityId }]
      identitySettings: [
        { identity: identityId, lifecycle: 'All' } // The container, and the scaler.
        { identity: pullIdentityId, lifecycle: 'None' }
      ]
      ingress: external
        ? {
            external: true
            targetPort: port
            transport: 'auto'
            allowInsecure: false
            traffic: [{ latestRevision: true, weight: 100 }]
            corsPolicy: {
              allowedOrigins: corsOrigins
              allowedMethods: ['GET', 'POST', 'DELETE', 'OPTIONS']
              allowedHeaders: ['authorization', 'content-type', 'accept-language']
              exposeHeaders: ['location', 'retry-after', 'www-authenticate']
              maxAge: 600
              allowCredentials: false
            }
          }
        : null
    }
    template: {
      terminationGracePeriodSeconds: graceSeconds
      containers: [
        {
          name: 'functions'
          image: image
          env: settings
          resources: { cpu: json(cpu), memory: memory }
          probes: [
            {
              // Five minutes, as the platform counts to 10 at most: with half a core, a first start with many functions is slow,
              // and one that is ended too early never comes up.
              type: 'Startup'
              httpGet: { path: '/admin/host/ping', port: port }
              periodSeconds: 30
              timeoutSeconds: 5
              failureThreshold: 10
            }
            // The host shares its cores with FFmpeg: slow is not dead.
            {
              type: 'Liveness'
              httpGet: { path: '/admin/host/ping', port: port }
              periodSeconds: 30
              timeoutSeconds: 20
              failureThreshold: 5
            }
            {
              type: 'Readiness'
              httpGet: { path: '/admin/host/ping', port: port }
              periodSeconds: 10
              timeoutSeconds: 10
              failureThreshold: 3
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        pollingInterval: 15 // An uploader waits for the first container.
        cooldownPeriod: cooldownSeconds
        rules: scaleRules
      }
    }
  }
}

@description('Resource id of the app.')
output id string = app.id

@description('Name of the app.')
output name string = app.name
