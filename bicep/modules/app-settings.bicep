metadata description = 'Every setting that the image is given. A test reads this file: one setting a line, its name a literal.'

@description('The account of the Functions host.')
param hostAccountName string

@description('Blob service of the media account.')
param blobServiceUri string

@description('Queue service of the media account.')
param queueServiceUri string

@description('Client id of the apps\' identity.')
param identityClientId string

@description('Where telemetry goes.')
param insightsConnectionString string

@description('What keeps the orchestrations.')
@allowed(['scheduler', 'storage'])
param durableBackend string

@description('Endpoint of Durable Task Scheduler; empty with storage.')
param schedulerEndpoint string

@description('Name of the task hub.')
param taskHubName string

@description('Endpoint of Web PubSub.')
param pushEndpoint string

@description('What stands before the path of a media file.')
param playbackOrigin string

@description('Resource id of Front Door\'s endpoint.')
param cdnEndpointId string

@description('The site\'s token issuer.')
param authAuthority string

@description('What must stand in a token\'s aud.')
param authAudience string

@description('The claim of a token that holds the roles.')
param authRoleClaim string

@description('The site\'s time zone.')
param timeZone string

@description('Address space of one FFmpeg process, in bytes.')
param ffmpegMemoryBytes int

@description('Name and value, as a container takes it.')
type setting = {
  name: string
  value: string
}

// ---- both apps ----

var host setting[] = [
  { name: 'ASPNETCORE_URLS', value: 'http://+:8080' } // Also for the image that stands in until the first deployment.
  { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
  { name: 'FUNCTIONS_WORKER_RUNTIME', value: 'dotnet-isolated' }
  { name: 'AzureWebJobsStorage__accountName', value: hostAccountName }
  { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
  { name: 'AzureWebJobsStorage__clientId', value: identityClientId }
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insightsConnectionString }
  { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'Authorization=AAD;ClientId=${identityClientId}' }
  { name: 'TASKHUB_NAME', value: taskHubName }
]

var withScheduler setting[] = [
  { name: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING', value: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}' }
  { name: 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__type', value: 'azureManaged' }
  { name: 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName', value: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING' }
]

var withStorage setting[] = [
  { name: 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__type', value: 'AzureStorage' }
  { name: 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName', value: 'AzureWebJobsStorage' }
]

var product setting[] = [
  { name: 'VodStorage__blobServiceUri', value: blobServiceUri }
  { name: 'VodStorage__queueServiceUri', value: queueServiceUri }
  { name: 'VodStorage__credential', value: 'managedidentity' }
  { name: 'VodStorage__clientId', value: identityClientId }
  { name: 'VodWebPubSub__Endpoint', value: pushEndpoint }
  { name: 'VodWebPubSub__ClientId', value: identityClientId }
  { name: 'VodWebPubSub__Hub', value: 'notices' }
  { name: 'Vod__UploadSource', value: 'EventGrid' }
  { name: 'Vod__TimeZone', value: timeZone }
  { name: 'Vod__PlaybackOrigin', value: playbackOrigin }
  { name: 'Vod__FrontDoor__EndpointId', value: cdnEndpointId }
  { name: 'Vod__Storage__BlobServiceUri', value: blobServiceUri }
  { name: 'Vod__Storage__ManagedIdentityClientId', value: identityClientId }
  { name: 'Vod__Storage__Initialize', value: 'false' } // Containers and CORS are the templates' business.
  { name: 'Vod__Auth__Authority', value: authAuthority }
  { name: 'Vod__Auth__Audience', value: authAudience }
  { name: 'Vod__Auth__RoleClaim', value: authRoleClaim }
  { name: 'Vod__Transcoding__Grouping', value: 'PerRendition' }
  { name: 'Vod__Transcoding__MaxMemoryBytes', value: string(ffmpegMemoryBytes) }
]

// ---- the role of each app, and how much it does at a time ----

var asApi setting[] = [
  { name: 'Vod__Role', value: 'Api' }
]

// One at a time: the scheduler then asks for another container. Less isolation than Secrets would let a file that takes FFmpeg
// over read the identity's secret.
var asMedia setting[] = [
  { name: 'Vod__Role', value: 'Media' }
  { name: 'Vod__Transcoding__RequireIsolation', value: 'Secrets' }
  { name: 'AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions', value: '1' }
]

// One app for everything, where work is taken from one queue by whoever comes first.
var asWhole setting[] = [
  { name: 'Vod__Role', value: 'All' }
  { name: 'Vod__Transcoding__RequireIsolation', value: 'Secrets' }
  { name: 'AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions', value: '2' }
]

var common = concat(host, durableBackend == 'scheduler' ? withScheduler : withStorage, product)

@description('Settings of the api app; with storage those of the one app, which runs everything.')
output api setting[] = concat(common, durableBackend == 'scheduler' ? asApi : asWhole)

@description('Settings of the media app. There is none with storage.')
output media setting[] = concat(common, asMedia)
