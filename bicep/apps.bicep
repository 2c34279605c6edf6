metadata name = 'VodFunctions apps'
metadata description = 'The two container apps and what watches them. azd deploy builds the image, then deploys this: api.parameters of azure.yaml.'

import { mediaContainer, namesOf, taskHubName } from 'modules/names.bicep'

@description('Name of this deployment, as main.bicep has it.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('Region, as main.bicep has it.')
param location string

@description('The image that azd has built and pushed.')
@minLength(1)
param image string

@description('Further origins whose pages upload and call the API, as main.bicep has them. With one the API is reached around Front Door, too.')
param siteOrigins string = ''

@description('The site\'s token issuer: an https URL below which .well-known/openid-configuration is found.')
@minLength(8)
param authAuthority string

@description('What must stand in a token\'s aud.')
@minLength(1)
param authAudience string

@description('The claim of a token that holds the roles.')
@minLength(1)
param authRoleClaim string = 'roles'

@description('The site\'s own domain for Front Door, as main.bicep has it.')
param siteDomain string = ''

@description('The site\'s time zone (IANA name).')
@minLength(1)
param timeZone string = 'Asia/Seoul'

@description('What keeps the orchestrations, as main.bicep has it.')
@allowed(['scheduler', 'storage'])
param durableBackend string = 'scheduler'

@description('Fewest replicas of the API. The sweep\'s timer and the event key need one that runs.')
@minValue(1)
@maxValue(100)
param apiMinReplicas int = 1

@description('Most replicas of the API.')
@minValue(1)
@maxValue(100)
param apiMaxReplicas int = 5

@description('Calls that one replica of the API has open at a time before there is another.')
@minValue(1)
param apiConcurrentCalls int = 50

@description('Fewest replicas that transcode. 0 would cost nothing while nothing is uploaded; nobody has seen it scale from zero yet.')
@minValue(0)
@maxValue(300)
param mediaMinReplicas int = 1

@description('Most replicas that transcode: each runs one FFmpeg activity at a time.')
@minValue(1)
@maxValue(300)
param mediaMaxReplicas int = 40

@description('Cores of a replica that transcodes, with 2 GiB of memory each.')
@allowed([2, 4])
param mediaCores int = 2

@description('Minutes after which a job that has not ended is an alarm. A film of an hour may take as long itself.')
@minValue(5)
@maxValue(1440)
param queueAgeMinutes int = 90

@description('Gigabytes written to the account of uploads and media in an hour that are an alarm.')
@minValue(1)
param storedGbPerHour int = 100

var token = uniqueString(subscription().id, environmentName, location)
var name = namesOf(token)
var tags = { 'azd-env-name': environmentName }
var separate = durableBackend == 'scheduler'
var furtherOrigins = filter(map(split(siteOrigins, ','), origin => trim(origin)), origin => !empty(origin))
var mediaSize = mediaCores == 4 ? { cpu: '4', memory: '8Gi' } : { cpu: '2', memory: '4Gi' }
var siteOrigin = 'https://${empty(siteDomain) ? cdnProfile::endpoint.properties.hostName : siteDomain}'

// What no call, no upload and no message needs for that long is taken away; a run of FFmpeg has the grace to end. One that takes
// longer than both is begun again elsewhere: docs/capacity.md, "What bounds it".
var cooldownSeconds = 300
var graceSeconds = 600

resource environment 'Microsoft.App/managedEnvironments@2026-07-01' existing = { name: name.environment }

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' existing = { name: name.registry }

resource apiIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = { name: name.apiIdentity }

resource mediaIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = { name: name.mediaIdentity }

resource pullIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = { name: name.pullIdentity }

resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: name.insights }

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = { name: name.workspace }

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' existing = { name: name.actionGroup }

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = { name: name.topic }

resource push 'Microsoft.SignalRService/webPubSub@2024-03-01' existing = { name: name.push }

resource mediaAccount 'Microsoft.Storage/storageAccounts@2025-08-01' existing = { name: name.mediaAccount }

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' existing = if (separate) { name: name.scheduler }

resource cdnProfile 'Microsoft.Cdn/profiles@2025-06-01' existing = {
  name: name.cdnProfile

  resource endpoint 'afdEndpoints' existing = { name: name.cdnEndpoint }
}

var apiHost = '${name.apiApp}.${environment.properties.defaultDomain}'
var schedulerEndpoint = separate ? scheduler!.properties.endpoint : ''
var storageSuffix = az.environment().suffixes.storage

var common = {
  blobServiceUri: 'https://${name.mediaAccount}.blob.${storageSuffix}'
  queueServiceUri: 'https://${name.mediaAccount}.queue.${storageSuffix}'
  insightsConnectionString: insights.properties.ConnectionString
  durableBackend: durableBackend
  schedulerEndpoint: schedulerEndpoint
  taskHubName: taskHubName
  pushEndpoint: 'https://${push.properties.hostName}'
  playbackOrigin: '${siteOrigin}/${mediaContainer}'
  cdnEndpointId: cdnProfile::endpoint.id
  cdnHostName: cdnProfile::endpoint.properties.hostName
  frontDoorId: empty(furtherOrigins) ? cdnProfile.properties.frontDoorId : ''
  apiHost: apiHost
  authAuthority: authAuthority
  authAudience: authAudience
  authRoleClaim: authRoleClaim
  timeZone: timeZone
  ffmpegMemoryBytes: mediaCores * 1536 * 1024 * 1024 // Three quarters of the container's memory.
}

// Once for each app: they differ in identity and in the account of their host.
module apiSettings 'modules/app-settings.bicep' = {
  params: {
    site: common
    hostAccountName: name.hostAccount
    identityClientId: apiIdentity.properties.clientId
  }
}

module mediaSettings 'modules/app-settings.bicep' = if (separate) {
  params: {
    site: common
    hostAccountName: name.mediaHostAccount
    identityClientId: mediaIdentity.properties.clientId
  }
}

module api 'modules/app.bicep' = {
  params: {
    location: location
    tags: union(tags, { 'azd-service-name': 'api' })
    name: name.apiApp
    environmentId: environment.id
    identityId: apiIdentity.id
    pullIdentityId: pullIdentity.id
    registryServer: registry.properties.loginServer
    image: image
    settings: apiSettings.outputs.api
    cpu: separate ? '0.5' : mediaSize.cpu
    memory: separate ? '1Gi' : mediaSize.memory
    external: true
    corsOrigins: union([siteOrigin], furtherOrigins)
    minReplicas: apiMinReplicas
    maxReplicas: max(apiMinReplicas, apiMaxReplicas)
    // By calls alone: a rule for blobs would count those that lie there for weeks.
    scaleRules: [{ name: 'calls', http: { metadata: { concurrentRequests: string(apiConcurrentCalls) } } }]
    cooldownSeconds: cooldownSeconds
    graceSeconds: graceSeconds
  }
}

module media 'modules/app.bicep' = if (separate) {
  params: {
    location: location
    tags: tags
    name: name.mediaApp
    environmentId: environment.id
    identityId: mediaIdentity.id
    pullIdentityId: pullIdentity.id
    registryServer: registry.properties.loginServer
    image: image
    settings: mediaSettings!.outputs.media
    cpu: mediaSize.cpu
    memory: mediaSize.memory
    external: false
    corsOrigins: []
    minReplicas: mediaMinReplicas
    maxReplicas: max(mediaMinReplicas, mediaMaxReplicas)
    // A replica for each activity, which is what a replica takes at a time.
    scaleRules: [
      {
        name: 'activities'
        custom: {
          type: 'azure-durabletask-scheduler'
          metadata: {
            endpoint: schedulerEndpoint
            taskhubName: taskHubName
            workItemType: 'Activity'
            maxConcurrentWorkItemsCount: '1'
          }
          identity: mediaIdentity.id
        }
      }
    ]
    cooldownSeconds: cooldownSeconds
    graceSeconds: graceSeconds
  }
}

module alerts 'modules/alerts.bicep' = {
  params: {
    location: location
    tags: tags
    workspaceId: workspace.id
    topicId: topic.id
    apiId: api.outputs.id
    mediaAccountId: mediaAccount.id
    storedGbPerHour: storedGbPerHour
    mediaId: separate ? media!.outputs.id : api.outputs.id
    mediaMaxReplicas: separate ? max(mediaMinReplicas, mediaMaxReplicas) : max(apiMinReplicas, apiMaxReplicas)
    actionGroupId: actionGroup.id
    queueAgeMinutes: queueAgeMinutes
  }
}

@description('The image that runs.')
output VOD_IMAGE string = image
