metadata description = 'Names that both deployments use: main.bicep makes what they name, apps.bicep finds it again.'

@export()
@description('Names of one deployment\'s resources. token distinguishes them from those of other deployments.')
func namesOf(token string) names => {
  apiApp: 'ca-vod-api-${token}'
  mediaApp: 'ca-vod-media-${token}'
  environment: 'cae-vod-${token}'
  registry: 'crvod${token}'
  apiIdentity: 'id-vod-api-${token}'
  mediaIdentity: 'id-vod-media-${token}'
  pullIdentity: 'id-vod-pull-${token}'
  cdnIdentity: 'id-vod-cdn-${token}'
  hostAccount: 'stvodhost${token}'
  mediaHostAccount: 'stvodwork${token}'
  mediaAccount: 'stvodmedia${token}'
  cdnProfile: 'afd-vod-${token}'
  cdnEndpoint: 'vod-${token}'
  push: 'wps-vod-${token}'
  scheduler: 'dts-vod-${token}'
  insights: 'appi-vod-${token}'
  workspace: 'log-vod-${token}'
  actionGroup: 'ag-vod-${token}'
  topic: 'evgt-vod-${token}'
}

@export()
@description('Name of each resource that more than one file names.')
type names = {
  apiApp: string
  mediaApp: string
  environment: string
  registry: string
  apiIdentity: string
  mediaIdentity: string
  pullIdentity: string
  cdnIdentity: string
  hostAccount: string
  mediaHostAccount: string
  mediaAccount: string
  cdnProfile: string
  cdnEndpoint: string
  push: string
  scheduler: string
  insights: string
  workspace: string
  actionGroup: string
  topic: string
}

@export()
@description('Name of the task hub.')
var taskHubName = 'vod'

@export()
@description('Container of what viewers fetch. Public paths begin with its name.')
var mediaContainer = 'media'

@export()
@description('Host id of each Functions host (AzureFunctionsWebHost__hostid): the folder of its keys, locks and timers.')
var hostIds = { api: 'vod-api', media: 'vod-media' }

@export()
@description('Container in which a Functions host keeps its keys (AzureWebJobsSecretStorageType=blob).')
var keysContainer = 'azure-webjobs-secrets'
