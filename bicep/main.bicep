metadata name = 'VodFunctions'
metadata description = 'Everything that the system needs in Azure, in one resource group of its own.'

targetScope = 'subscription'

@description('Name of this deployment; part of resource names.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('Region. It must have Durable Task Scheduler where that is chosen.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Further origins, https://host[:port], separated by commas, whose pages upload and call the API. The browser app is there anyway.')
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

@description('A domain of the site\'s own for Front Door, such as videos.site.example; empty: Front Door\'s name.')
param siteDomain string = ''

@description('More sources (Content Security Policy) that the browser app\'s sign-in calls or opens in a frame, separated by blanks. The issuer is there anyway.')
@maxLength(100)
param signInSources string = ''

@description('Object id of who deploys, and so uploads the browser app. azd knows it; empty: nobody gets that right.')
param deployerPrincipalId string = ''

@description('The site\'s time zone (IANA name).')
@minLength(1)
param timeZone string = 'Asia/Seoul'

@description('What keeps the orchestrations. scheduler: Durable Task Scheduler, two apps, transcoding scales from zero. storage: Azure Storage, one app that runs everything, never less than one replica.')
@allowed(['scheduler', 'storage'])
param durableBackend string = 'scheduler'

@description('Consumption is paid for by actions, Dedicated by units and hours.')
@allowed(['Consumption', 'Dedicated'])
param schedulerSku string = 'Consumption'

@description('Units of Dedicated.')
@minValue(1)
@maxValue(3)
param schedulerUnits int = 1

@description('The image that runs. azd sets it after the first deployment; empty before.')
param image string = ''

@description('Fewest replicas of the API. The sweep\'s timer and the event key need one that runs.')
@minValue(1)
@maxValue(100)
param apiMinReplicas int = 1

@description('Most replicas of the API.')
@minValue(1)
@maxValue(100)
param apiMaxReplicas int = 5

@description('Fewest replicas that transcode. 0 costs nothing while nothing is uploaded, and the first job a cold start.')
@minValue(0)
@maxValue(300)
param mediaMinReplicas int = 0

@description('Most replicas that transcode: each runs one FFmpeg activity at a time.')
@minValue(1)
@maxValue(300)
param mediaMaxReplicas int = 40

@description('Cores of a replica that transcodes, with 2 GiB of memory each.')
@allowed([2, 4])
param mediaCores int = 2

@description('Web PubSub: Free_F1 holds 20 connections at a time, a unit of Standard_S1 1,000.')
@allowed(['Free_F1', 'Standard_S1'])
param pushSku string = 'Standard_S1'

@description('Units of Standard_S1.')
@allowed([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
param pushUnits int = 1

@description('How uploads, media and records are replicated.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS'])
param mediaStorageSku string = 'Standard_ZRS'

@description('Days after which an upload goes, whatever the app has done. Longer than Vod:Retention:UploadAfterError (14 days).')
@minValue(15)
@maxValue(365)
param uploadDays int = 30

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 30

@description('Gigabytes of logs a day after which nothing more is taken in; -1 for no cap.')
@minValue(-1)
@maxValue(1000)
param logDailyCapGb int = 5

@description('Who gets the alerts; empty: they are only shown in the portal.')
param alertEmail string = ''

@description('Minutes after which a job that has not ended is an alarm. A film of an hour may take as long itself.')
@minValue(5)
@maxValue(1440)
param queueAgeMinutes int = 90

@description('Gigabytes written to the account of uploads and media in an hour that are an alarm.')
@minValue(1)
param storedGbPerHour int = 100

@description('An OTLP collector (gRPC) that takes the product\'s traces and metrics, such as https://collector.example:4317; empty: none.')
param otlpEndpoint string = ''

var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }
var furtherOrigins = filter(map(split(siteOrigins, ','), origin => trim(origin)), origin => !empty(origin))
var taskHub = 'vod'
var separate = durableBackend == 'scheduler'
var mediaAccountName = 'stvodmedia${token}'
var mediaContainer = 'media'
var siteContainer = 'site'
var deadLetterContainer = 'event-dead-letters'
var mediaSize = mediaCores == 4 ? { cpu: '4', memory: '8Gi' } : { cpu: '2', memory: '4Gi' }

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-vod-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    retentionDays: logDays
    dailyCapGb: logDailyCapGb
    alertEmail: alertEmail
  }
}

// The host keeps what is its own apart from what is the site's.
module hostStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: 'stvodhost${token}'
    sku: 'Standard_LRS'
    containers: [deadLetterContainer]
    expiry: [{ name: 'dead-letters', prefix: '${deadLetterContainer}/', days: 30 }]
  }
}

module mediaStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: mediaAccountName
    sku: mediaStorageSku
    containers: ['uploads', mediaContainer, 'state', siteContainer]
    corsOrigins: union([cdn.outputs.origin], furtherOrigins)
    // The app removes both itself. This is for what it has lost sight of.
    expiry: [
      { name: 'uploads', prefix: 'uploads/', days: uploadDays }
      { name: 'work', prefix: 'state/work/', days: 2 }
    ]
  }
}

module push 'modules/push.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token, sku: pushSku, units: pushUnits }
}

module registry 'modules/registry.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token }
}

module scheduler 'modules/scheduler.bicep' = if (separate) {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    taskHubName: taskHub
    sku: schedulerSku
    units: schedulerUnits
    retentionDays: 30 // The most that Consumption keeps. The app purges by then itself.
  }
}

module cdn 'modules/cdn.bicep' = {
  scope: group
  params: {
    tags: tags
    token: token
    domain: siteDomain
    identityId: identity.outputs.cdnId
    // Not that module's output: the account's own rules need Front Door's address.
    blobHost: '${mediaAccountName}.blob.${az.environment().suffixes.storage}'
    mediaContainer: mediaContainer
  }
}

module events 'modules/events.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token, accountId: mediaStorage.outputs.id }
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    appPrincipalId: identity.outputs.appPrincipalId
    cdnPrincipalId: identity.outputs.cdnPrincipalId
    topicPrincipalId: events.outputs.principalId
    hostAccountName: hostStorage.outputs.name
    deadLetterContainer: deadLetterContainer
    mediaAccountName: mediaStorage.outputs.name
    cdnContainers: [mediaContainer, siteContainer]
    siteContainer: siteContainer
    deployerPrincipalId: deployerPrincipalId
    pushName: push.outputs.name
    registryName: registry.outputs.name
    insightsName: monitoring.outputs.insightsName
    schedulerName: scheduler.?outputs.name ?? ''
    cdnProfileName: cdn.outputs.profileName
    cdnEndpointName: cdn.outputs.endpointName
  }
}

module environment 'modules/environment.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token, workspaceId: monitoring.outputs.workspaceId, otlpEndpoint: otlpEndpoint }
}

module settings 'modules/app-settings.bicep' = {
  scope: group
  params: {
    hostAccountName: hostStorage.outputs.name
    blobServiceUri: mediaStorage.outputs.blobServiceUri
    queueServiceUri: mediaStorage.outputs.queueServiceUri
    identityClientId: identity.outputs.appClientId
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    durableBackend: durableBackend
    schedulerEndpoint: scheduler.?outputs.endpoint ?? ''
    taskHubName: taskHub
    pushEndpoint: push.outputs.endpoint
    playbackOrigin: cdn.outputs.playbackOrigin
    cdnEndpointId: cdn.outputs.endpointId
    authAuthority: authAuthority
    authAudience: authAudience
    authRoleClaim: authRoleClaim
    timeZone: timeZone
    ffmpegMemoryBytes: mediaCores * 1536 * 1024 * 1024 // Three quarters of the container's memory.
  }
}

module api 'modules/functions.bicep' = {
  scope: group
  params: {
    location: location
    tags: union(tags, { 'azd-service-name': 'api' })
    name: 'ca-vod-api-${token}'
    environmentId: environment.outputs.id
    identityId: identity.outputs.appId
    registryServer: registry.outputs.loginServer
    image: image
    settings: settings.outputs.api
    cpu: separate ? '0.5' : mediaSize.cpu
    memory: separate ? '1Gi' : mediaSize.memory
    external: true
    corsOrigins: union([cdn.outputs.origin], furtherOrigins)
    minReplicas: apiMinReplicas
    maxReplicas: max(apiMinReplicas, apiMaxReplicas)
  }
  dependsOn: [roles] // Its image is pulled, and its storage opened, with them.
}

module media 'modules/functions.bicep' = if (separate) {
  scope: group
  params: {
    location: location
    tags: tags
    name: 'ca-vod-media-${token}'
    environmentId: environment.outputs.id
    identityId: identity.outputs.appId
    registryServer: registry.outputs.loginServer
    image: image
    settings: settings.outputs.media
    cpu: mediaSize.cpu
    memory: mediaSize.memory
    external: false
    corsOrigins: []
    minReplicas: mediaMinReplicas
    maxReplicas: max(mediaMinReplicas, mediaMaxReplicas)
  }
  dependsOn: [roles]
}

module site 'modules/site.bicep' = {
  scope: group
  params: {
    cdnProfileName: cdn.outputs.profileName
    cdnEndpointName: cdn.outputs.endpointName
    customDomains: cdn.outputs.customDomains
    storageOriginGroupId: cdn.outputs.storageOriginGroupId
    storageRulesId: cdn.outputs.storageRulesId
    containerName: siteContainer
    apiHost: replace(api.outputs.url, 'https://', '')
    blobServiceUri: mediaStorage.outputs.blobServiceUri
    pushEndpoint: push.outputs.endpoint
    authAuthority: authAuthority
    signInSources: signInSources
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    topicId: events.outputs.id
    apiId: api.outputs.id
    mediaAccountId: mediaStorage.outputs.id
    storedGbPerHour: storedGbPerHour
    mediaId: media.?outputs.id ?? api.outputs.id
    mediaMaxReplicas: separate ? max(mediaMinReplicas, mediaMaxReplicas) : max(apiMinReplicas, apiMaxReplicas)
    actionGroupId: monitoring.outputs.actionGroupId
    queueAgeMinutes: queueAgeMinutes
  }
}

@description('The resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Where azd pushes the image.')
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.outputs.loginServer

@description('The app with the API.')
output VOD_API_APP string = api.outputs.name

@description('The app that transcodes; empty where the API\'s app does it.')
output VOD_MEDIA_APP string = media.?outputs.name ?? ''

@description('The API\'s address; its paths begin with /api.')
output VOD_API_URL string = api.outputs.url

@description('The browser app; the API is below /api there, too.')
output VOD_SITE_URL string = cdn.outputs.origin

@description('Where the CNAME of the site\'s own domain points.')
output VOD_SITE_CNAME string = cdn.outputs.hostName

@description('The value of the TXT record _dnsauth.{domain}; empty where no domain is given.')
output VOD_SITE_DOMAIN_TOKEN string = cdn.outputs.domainToken

@description('The account that holds the browser app\'s files.')
output VOD_SITE_ACCOUNT string = mediaStorage.outputs.name

@description('Its container.')
output VOD_SITE_CONTAINER string = siteContainer

@description('What stands before the path of a media file.')
output VOD_PLAYBACK_ORIGIN string = cdn.outputs.playbackOrigin

@description('The topic of the media account.')
output VOD_EVENT_TOPIC string = events.outputs.name

@description('The account that takes events that could not be delivered.')
output VOD_DEAD_LETTER_ACCOUNT_ID string = hostStorage.outputs.id

@description('Its container.')
output VOD_DEAD_LETTER_CONTAINER string = deadLetterContainer
