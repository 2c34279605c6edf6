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
  { name: 'Vod__TimeZone', value: timeZone }
  { name: 'Vod__PlaybackOrigin', value: playbackOrigin }
  { name: 'Vod__FrontDoor__EndpointId', value: cdnEndpointId }
  { name: 'Vod__Storage__BlobServiceUri', value: blobServiceUri }
  { name: 'Vod__Storage__ManagedIdentityClientId', value: identityClientId }
  { name: 'Vod__Storage__Initialize', value: 'false' } // Containers and CORS are the templates' business.
  { name: 'Vod__Auth__Authority', value: authAuthority }
  { name: 'Vod__Auth__Audience', value: authAudience }
  { name: 'Vod__Transcoding__Grouping', value: 'PerRendition' }
  { name: 'Vod__Transcoding__MaxMemoryBytes', value: string(ffmpegMemoryBytes) }
]

// The scan is for the storage emulator.
var inAzure setting[] = [
  { name: 'AzureWebJobs.OnUploadScan.Disabled', value: 'true' }
]

// ---- api: all but the media activities ----

var notInApi setting[] = [
  { name: 'AzureWebJobs.ProbeSource.Disabled', value: 'true' }
  { name: 'AzureWebJobs.Transcode.Disabled', value: 'true' }
  { name: 'AzureWebJobs.TranscodeAudio.Disabled', value: 'true' }
  { name: 'AzureWebJobs.MakeStills.Disabled', value: 'true' }
]

// ---- media: only the media activities, one at a time ----

var inMedia setting[] = [
  { name: 'AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions', value: '1' }
]

var notInMedia setting[] = [
  { name: 'AzureWebJobs.IssueUploadTicket.Disabled', value: 'true' }
  { name: 'AzureWebJobs.RenewUploadTicket.Disabled', value: 'true' }
  { name: 'AzureWebJobs.GetVideo.Disabled', value: 'true' }
  { name: 'AzureWebJobs.ListVideos.Disabled', value: 'true' }
  { name: 'AzureWebJobs.DeleteVideo.Disabled', value: 'true' }
  { name: 'AzureWebJobs.RequeueVideo.Disabled', value: 'true' }
  { name: 'AzureWebJobs.SubmitFeed.Disabled', value: 'true' }
  { name: 'AzureWebJobs.ListFeeds.Disabled', value: 'true' }
  { name: 'AzureWebJobs.ConnectNotifications.Disabled', value: 'true' }
  { name: 'AzureWebJobs.ListNotifications.Disabled', value: 'true' }
  { name: 'AzureWebJobs.AcknowledgeNotification.Disabled', value: 'true' }
  { name: 'AzureWebJobs.GetLiveness.Disabled', value: 'true' }
  { name: 'AzureWebJobs.GetReadiness.Disabled', value: 'true' }
  { name: 'AzureWebJobs.GetOpenApi.Disabled', value: 'true' }
  { name: 'AzureWebJobs.UnknownPath.Disabled', value: 'true' }
  { name: 'AzureWebJobs.OnUpload.Disabled', value: 'true' }
  { name: 'AzureWebJobs.SweepTimer.Disabled', value: 'true' }
  { name: 'AzureWebJobs.ProcessVideo.Disabled', value: 'true' }
  { name: 'AzureWebJobs.OpenJob.Disabled', value: 'true' }
  { name: 'AzureWebJobs.PublishPlaylists.Disabled', value: 'true' }
  { name: 'AzureWebJobs.ReportProgress.Disabled', value: 'true' }
  { name: 'AzureWebJobs.CloseJob.Disabled', value: 'true' }
  { name: 'AzureWebJobs.CleanUp.Disabled', value: 'true' }
  { name: 'AzureWebJobs.ReadNotice.Disabled', value: 'true' }
  { name: 'AzureWebJobs.OpenNotice.Disabled', value: 'true' }
  { name: 'AzureWebJobs.PushNotice.Disabled', value: 'true' }
  { name: 'AzureWebJobs.FailNotice.Disabled', value: 'true' }
  { name: 'AzureWebJobs.ExpireVideo.Disabled', value: 'true' }
  { name: 'AzureWebJobs.Settle.Disabled', value: 'true' }
]

// ---- whole: one app for everything, where work is taken from one queue by whoever comes first ----

var inWhole setting[] = [
  { name: 'AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions', value: '2' }
]

var common = concat(host, durableBackend == 'scheduler' ? withScheduler : withStorage, product, inAzure)

@description('Settings of the api app; with storage those of the one app, which runs everything.')
output api setting[] = concat(common, durableBackend == 'scheduler' ? notInApi : inWhole)

@description('Settings of the media app. There is none with storage.')
output media setting[] = concat(common, inMedia, notInMedia)
