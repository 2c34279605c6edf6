metadata description = 'One container app that runs the image as a Functions app.'

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

@description('Resource id of the identity.')
param identityId string

@description('Host name of the registry.')
param registryServer string

@description('The image; empty before the first deployment: the bare Functions host stands in.')
param image string

@description('The settings.')
param settings { name: string, value: string }[]

@description('Cores.')
@allowed(['0.5', '1', '2', '4'])
param cpu string

@description('Memory: twice the cores.')
@allowed(['1Gi', '2Gi', '4Gi', '8Gi'])
param memory string

@description('Whether the app is reached from outside. Inside it always is: without ingress it would not scale.')
param external bool

@description('Origins whose pages may call it.')
param corsOrigins string[]

@description('Fewest replicas.')
@minValue(0)
@maxValue(300)
param minReplicas int

@description('Most replicas.')
@minValue(1)
@maxValue(300)
param maxReplicas int

var port = 8080
var standIn = 'mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0'

resource app 'Microsoft.App/containerApps@2026-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp' // Scale rules follow from the triggers; none are written here.
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 5
      registries: [{ server: registryServer, identity: identityId }]
      ingress: {
        external: external
        targetPort: port
        transport: 'auto'
        allowInsecure: false
        traffic: [{ latestRevision: true, weight: 100 }]
        corsPolicy: empty(corsOrigins)
          ? null
          : {
              allowedOrigins: corsOrigins
              allowedMethods: ['GET', 'POST', 'DELETE', 'OPTIONS']
              allowedHeaders: ['authorization', 'content-type', 'accept-language']
              exposeHeaders: ['location', 'retry-after', 'www-authenticate']
              maxAge: 600
              allowCredentials: false
            }
      }
    }
    template: {
      terminationGracePeriodSeconds: 600 // A run of FFmpeg may end; what is killed is begun again elsewhere.
      containers: [
        {
          name: 'functions'
          image: empty(image) ? standIn : image
          env: settings
          resources: { cpu: json(cpu), memory: memory }
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/admin/host/ping', port: port }
              periodSeconds: 10
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
        cooldownPeriod: 300
      }
    }
  }
}

@description('Resource id of the app.')
output id string = app.id

@description('Name of the app.')
output name string = app.name

@description('Its address.')
output url string = 'https://${app.properties.configuration.ingress.fqdn}'
