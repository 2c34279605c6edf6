metadata name = 'VodFunctions'
metadata description = 'Everything that the system needs in Azure but the two apps (apps.bicep), in one resource group of its own.'

import { keysContainer, mediaContainer, namesOf, taskHubName } from 'modules/names.bicep'

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

@description('A domain of the site\'s own for Front Door, such as videos.site.example; empty: Front Door\'s name.')
param siteDomain string = ''

@description('More sources (Content Security Policy) that the browser app\'s sign-in calls or opens in a frame, separated by blanks. The issuer is there anyway.')
@maxLength(100)
param signInSources string = ''

@description('Object id of who deploys, and so uploads the browser app. azd knows it; empty: nobody gets that right.')
param deployerPrincipalId string = ''

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

@description('Gigabytes of logs a day after which nothing more is taken in, such as 0.5 (15 GB a month at most); -1 for no cap.')
param logDailyCapGb string = '0.5'

@description('Who gets the alerts; empty: they are only shown in the portal.')
param alertEmail string = ''

@description('An OTLP collector (gRPC) that takes the product\'s traces and metrics, such as https://collector.example:4317; empty: none.')
param otlpEndpoint string = ''

@description('What the resource group may cost a month, in the subscription\'s currency, before an alert; 0: no alert.')
@minValue(0)
param monthlyBudget int = 350

@description('First day of the budget\'s first month, yyyy-MM-01: the hook before provisioning sets it; empty: no budget.')
param budgetStart string = ''

@description('Calls of the API that one address may make in a minute. Offices share one.')
@minValue(10)
param apiCallsPerMinute int = 600

@description('Requests of any kind that one address may make in five minutes: a viewer makes about 120.')
@minValue(100)
param requestsPerFiveMinutes int = 30000

@description('Days for which a deleted or overwritten blob of uploads, media and state can be brought back; 0: none.')
@minValue(0)
@maxValue(365)
param softDeleteDays int = 7

@description('Whether the apps run in a virtual network, with private endpoints to the accounts of their hosts.')
param vnetEnabled bool = false

@description('With vnetEnabled: public IPv4 addresses or ranges, separated by commas, of who deploys.')
param deployerIps string = ''

var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }
var allowedIps = filter(map(split(deployerIps, ','), ip => trim(ip)), ip => !empty(ip))
var furtherOrigins = filter(map(split(siteOrigins, ','), origin => trim(origin)), origin => !empty(origin))
var name = namesOf(token)
var separate = durableBackend == 'scheduler'
var siteContainer = 'site'
var deadLetterContainer = 'event-dead-letters'

// Known before the app is: {app}.{domain of the environment}.
var apiHost = '${name.apiApp}.${environment.outputs.defaultDomain}'

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-vod-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { location: location, tags: tags, name: name }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: name
    retentionDays: logDays
    dailyCapGb: logDailyCapGb
    alertEmail: alertEmail
  }
}

// Each host keeps what is its own apart from what is the site's, and from the other's keys.
module hostStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: name.hostAccount
    sku: 'Standard_LRS'
    containers: [deadLetterContainer, keysContainer]
    expiry: [{ name: 'dead-letters', prefix: '${deadLetterContainer}/', days: 30 }]
    closed: vnetEnabled
    allowedIps: allowedIps
  }
}

module mediaHostStorage 'modules/storage.bicep' = if (separate) {
  scope: group
  params: {
    location: location
    tags: tags
    name: name.mediaHostAccount
    sku: 'Standard_LRS'
    containers: [keysContainer]
    closed: vnetEnabled
    allowedIps: allowedIps
  }
}

module network 'modules/network.bicep' = if (vnetEnabled) {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    accounts: separate ? [name.hostAccount, name.mediaHostAccount] : [name.hostAccount]
  }
  dependsOn: [hostStorage, mediaHostStorage]
}

module mediaStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: name.mediaAccount
    sku: mediaStorageSku
    containers: ['uploads', mediaContainer, 'state', siteContainer]
    corsOrigins: union([cdn.outputs.origin], furtherOrigins)
    softDeleteDays: softDeleteDays
    // The app removes both itself. This is for what it has lost sight of.
    expiry: [
      { name: 'uploads', prefix: 'uploads/', days: uploadDays }
      { name: 'work', prefix: 'state/work/', days: 2 }
    ]
  }
}

module push 'modules/push.bicep' = {
  scope: group
  params: { location: location, tags: tags, name: name.push, sku: pushSku, units: pushUnits }
}

module registry 'modules/registry.bicep' = {
  scope: group
  params: { location: location, tags: tags, name: name.registry }
}

module scheduler 'modules/scheduler.bicep' = if (separate) {
  scope: group
  params: {
    location: location
    tags: tags
    name: name.scheduler
    taskHubName: taskHubName
    sku: schedulerSku
    units: schedulerUnits
    retentionDays: 30 // The most that Consumption keeps. The app purges by then itself.
  }
}

module cdn 'modules/cdn.bicep' = {
  scope: group
  params: {
    tags: tags
    profileName: name.cdnProfile
    endpointName: name.cdnEndpoint
    domain: siteDomain
    identityId: identity.outputs.cdnId
    // Not that module's output: the account's own rules need Front Door's address.
    blobHost: '${name.mediaAccount}.blob.${az.environment().suffixes.storage}'
    mediaContainer: mediaContainer
  }
}

module events 'modules/events.bicep' = {
  scope: group
  params: { location: location, tags: tags, name: name.topic, accountId: mediaStorage.outputs.id }
}

module waf 'modules/waf.bicep' = {
  scope: group
  params: {
    tags: tags
    token: token
    cdnProfileName: name.cdnProfile
    domains: cdn.outputs.domains
    apiCallsPerMinute: apiCallsPerMinute
    requestsPerFiveMinutes: requestsPerFiveMinutes
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0 && !empty(budgetStart)) {
  scope: group
  params: { amount: monthlyBudget, start: budgetStart, actionGroupId: monitoring.outputs.actionGroupId }
}

module purgeRole 'modules/purge-role.bicep' = {
  scope: group
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    name: name
    apiPrincipalId: identity.outputs.apiPrincipalId
    mediaPrincipalId: identity.outputs.mediaPrincipalId
    separate: separate
    pullPrincipalId: identity.outputs.pullPrincipalId
    cdnPrincipalId: identity.outputs.cdnPrincipalId
    topicPrincipalId: events.outputs.principalId
    deadLetterContainer: deadLetterContainer
    siteContainer: siteContainer
    deployerPrincipalId: deployerPrincipalId
    purgeRoleId: purgeRole.outputs.id
  }
  // They are found by their names.
  dependsOn: [hostStorage, mediaHostStorage, monitoring, push, registry, scheduler]
}

module environment 'modules/environment.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: name.environment
    workspaceId: monitoring.outputs.workspaceId
    otlpEndpoint: otlpEndpoint
    subnetId: network.?outputs.appsSubnetId ?? ''
  }
}

module site 'modules/site.bicep' = {
  scope: group
  params: {
    cdnProfileName: name.cdnProfile
    cdnEndpointName: name.cdnEndpoint
    customDomains: cdn.outputs.customDomains
    storageOriginGroupId: cdn.outputs.storageOriginGroupId
    storageRulesId: cdn.outputs.storageRulesId
    containerName: siteContainer
    apiHost: apiHost
    blobServiceUri: mediaStorage.outputs.blobServiceUri
    pushEndpoint: push.outputs.endpoint
    authAuthority: authAuthority
    signInSources: signInSources
  }
}

@description('The resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Where azd pushes the image.')
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.outputs.loginServer

@description('The app with the API.')
output VOD_API_APP string = name.apiApp

@description('The app that transcodes; empty where the API\'s app does it.')
output VOD_MEDIA_APP string = separate ? name.mediaApp : ''

@description('The API\'s address; its paths begin with /api.')
output VOD_API_URL string = 'https://${apiHost}'

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

@description('The account in which the API\'s host keeps its keys.')
output VOD_HOST_ACCOUNT string = hostStorage.outputs.name

@description('Its container.')
output VOD_DEAD_LETTER_CONTAINER string = deadLetterContainer
