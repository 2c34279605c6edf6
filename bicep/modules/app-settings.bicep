metadata description = 'Every setting that the image is given. A test reads this file: one setting a line, its name a literal.'

import { hostIds } from 'names.bicep'

@description('The account of this app\'s Functions host.')
param hostAccountName string

@description('Client id of this app\'s identity.')
param identityClientId string

@description('What both apps are given alike.')
param site siteValues

@description('Values of this deployment.')
type siteValues = {
  @description('Blob service of the media account.')
  blobServiceUri: string

  @description('Queue service of the media account.')
  queueServiceUri: string

  @description('Where telemetry goes.')
  insightsConnectionString: string

  @description('What keeps the orchestrations.')
  durableBackend: 'scheduler' | 'storage'

  @description('Endpoint of Durable Task Scheduler; empty with storage.')
  schedulerEndpoint: string

  @description('Name of the task hub.')
  taskHubName: string

  @description('Endpoint of Web PubSub.')
  pushEndpoint: string

  @description('What stands before the path of a media file.')
  playbackOrigin: string

  @description('Resource id of Front Door\'s endpoint.')
  cdnEndpointId: string

  @description('Host name of that endpoint, which is purged beside the site\'s own domain.')
  cdnHostName: string

  @description('What Front Door calls itself in X-Azure-FDID; empty: calls that come around it are answered, too.')
  frontDoorId: string

  @description('Host name of the API\'s app.')
  apiHost: string

  @description('The site\'s token issuer.')
  authAuthority: string

  @description('What must stand in a token\'s aud.')
  authAudience: string

  @description('The claim of a token that holds the roles.')
  authRoleClaim: string

  @description('The site\'s time zone.')
  timeZone: string

  @description('Address space of one FFmpeg process, in bytes.')
  ffmpegMemoryBytes: int
}

@description('Name and value, as a container takes it.')
type setting = {
  name: string
  value: string
}

// ---- both apps ----

var host setting[] = [
  { name: 'ASPNETCORE_URLS', value: 'http://+:8080' }
  { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
  { name: 'FUNCTIONS_WORKER_RUNTIME', value: 'dotnet-isolated' }
  { name: 'AzureWebJobsStorage__accountName', value: hostAccountName }
  { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
  { name: 'AzureWebJobsStorage__clientId', value: identityClientId }
  { name: 'AzureWebJobsSecretStorageType', value: 'blob' } // Keys in files would not outlive their container.
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: site.insightsConnectionString }
  { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'Authorization=AAD;ClientId=${identityClientId}' }
  { name: 'TASKHUB_NAME', value: site.taskHubName }
]

var withScheduler setting[] = [
  { name: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING', value: 'Endpoint=${site.schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}' }
  { name: 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__type', value: 'azureManaged' }
  { name: 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName', value: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING' }
]

var withStorage setting[] = [
  { name: 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__type', value: 'AzureStorage' }
  { name: 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName', value: 'AzureWebJobsStorage' }
]

var product setting[] = [
  { name: 'VodStorage__blobServiceUri', value: site.blobServiceUri }
  { name: 'VodStorage__queueServiceUri', value: site.queueServiceUri }
  { name: 'VodStorage__credential', value: 'managedidentity' }
  { name: 'VodStorage__clientId', value: identityClientId }
  { name: 'VodWebPubSub__Endpoint', value: site.pushEndpoint }
  { name: 'VodWebPubSub__ClientId', value: identityClientId }
  { name: 'VodWebPubSub__Hub', value: 'notices' }
  { name: 'Vod__UploadSource', value: 'EventGrid' }
  { name: 'Vod__TimeZone', value: site.timeZone }
  { name: 'Vod__PlaybackOrigin', value: site.playbackOrigin }
  { name: 'Vod__FrontDoor__EndpointId', value: site.cdnEndpointId }
  { name: 'Vod__FrontDoor__HostName', value: site.cdnHostName }
  { name: 'Vod__Storage__BlobServiceUri', value: site.blobServiceUri }
  { name: 'Vod__Storage__ManagedIdentityClientId', value: identityClientId }
  { name: 'Vod__Storage__Initialize', value: 'false' } // Containers and CORS are the templates' business.
  { name: 'Vod__Auth__Authority', value: site.authAuthority }
  { name: 'Vod__Auth__Audience', value: site.authAudience }
  { name: 'Vod__Auth__RoleClaim', value: site.authRoleClaim }
  { name: 'Vod__Transcoding__Grouping', value: 'PerRendition' }
  { name: 'Vod__Transcoding__MaxMemoryBytes', value: string(site.ffmpegMemoryBytes) }
]

// ---- the role of each app, and how much it does at a time ----

// Without a host name the host makes no key for Event Grid, and without an id of its own each replica is another host.
var asApi setting[] = [
  { name: 'Vod__Role', value: 'Api' }
  { name: 'Vod__Api__FrontDoorId', value: site.frontDoorId }
  { name: 'AzureFunctionsWebHost__hostid', value: hostIds.api }
  { name: 'WEBSITE_HOSTNAME', value: site.apiHost }
]

// One at a time: the scheduler then asks for another container. Less isolation than Secrets would let a file that takes FFmpeg
// over read the identity's secret.
var asMedia setting[] = [
  { name: 'Vod__Role', value: 'Media' }
  { name: 'AzureFunctionsWebHost__hostid', value: hostIds.media }
  { name: 'Vod__Transcoding__RequireIsolation', value: 'Secrets' }
  { name: 'AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions', value: '1' }
]

// One app for everything, where work is taken from one queue by whoever comes first.
var asWhole setting[] = [
  { name: 'Vod__Role', value: 'All' }
  { name: 'Vod__Api__FrontDoorId', value: site.frontDoorId }
  { name: 'AzureFunctionsWebHost__hostid', value: hostIds.api }
  { name: 'WEBSITE_HOSTNAME', value: site.apiHost }
  { name: 'Vod__Transcoding__RequireIsolation', value: 'Secrets' }
  { name: 'AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions', value: '2' }
]

var common = concat(host, site.durableBackend == 'scheduler' ? withScheduler : withStorage, product)

@description('Settings of the api app; with storage those of the one app, which runs everything.')
output api setting[] = concat(common, site.durableBackend == 'scheduler' ? asApi : asWhole)

@description('Settings of the media app. There is none with storage.')
output media setting[] = concat(common, asMedia)
