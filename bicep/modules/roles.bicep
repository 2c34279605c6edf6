metadata description = 'Who may do what: each row of a table is one role of one identity on one resource.'

import { keysContainer, mediaContainer, names } from 'names.bicep'

@description('Names of this deployment\'s resources.')
param name names

@description('Object id of the API\'s identity.')
param apiPrincipalId string

@description('Object id of the identity of the app with FFmpeg.')
param mediaPrincipalId string

@description('Whether there is such an app, and with it the scheduler.')
param separate bool

@description('Object id of the identity that the image is pulled with.')
param pullPrincipalId string

@description('Object id of Front Door\'s identity.')
param cdnPrincipalId string

@description('Object id of the event topic\'s identity.')
param topicPrincipalId string

@description('Container of the API\'s host account for events that could not be delivered.')
param deadLetterContainer string

@description('Container of the media account with the browser app.')
param siteContainer string

@description('Object id of who deploys: uploads the browser app, reads the key for Event Grid; empty: nobody.')
param deployerPrincipalId string

@description('Resource id of the role that may purge Front Door: purge-role.bicep.')
param purgeRoleId string

var roles = {
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  blobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  blobDataReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  pushOwner: '12cf5a90-567b-43ae-8102-96cf46c7d9b4'
  pull: '7f951dda-4ed3-4680-a7ca-43fe172d538d'
  publishMetrics: '3913510d-42f4-4e42-8a64-420c390055eb'
  durableTasks: '0ad04412-c4d5-4796-b79c-f76d14c8d402'
}

// Both apps send progress and telemetry, and work on the task hub. Assignments are named by what is known before the start, so
// that a preview shows them.
var apps = concat(
  [{ id: apiPrincipalId, identity: name.apiIdentity, who: 'api' }],
  separate ? [{ id: mediaPrincipalId, identity: name.mediaIdentity, who: 'media' }] : []
)
var appIdentities = separate ? [name.apiIdentity, name.mediaIdentity] : [name.apiIdentity]

var apiOnHostAccount = [
  { role: roles.blobDataOwner, why: 'Blob Data Owner: keys, leases, receipts and timers of the host' }
  { role: roles.queueDataContributor, why: 'Queue Data Contributor: queues of Durable Functions and of the host' }
  { role: roles.tableDataContributor, why: 'Table Data Contributor: history of Durable Functions, diagnostics' }
]

var apiOnMediaAccount = [
  { role: roles.blobDataContributor, why: 'Blob Data Contributor: uploads, media and state; user-delegation keys for tickets' }
  { role: roles.queueDataContributor, why: 'Queue Data Contributor: the blob trigger queues its events beside the blobs' }
]

// What a program that has taken FFmpeg over could have at most: no tickets, no other account, no host key of the API, no
// record changed. Reading and writing go by container, as no rule can follow a job's folder.
var workOnly = '((!(ActionMatches{\'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write\'}) AND !(ActionMatches{\'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action\'}) AND !(ActionMatches{\'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete\'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path] StringLike \'work/*\'))'
var mediaOnContainers = [
  { container: 'uploads', role: roles.blobDataReader, condition: null, why: 'Blob Data Reader: the source' }
  { container: mediaContainer, role: roles.blobDataContributor, condition: null, why: 'Blob Data Contributor: segments and stills' }
  { container: 'state', role: roles.blobDataContributor, condition: workOnly, why: 'Reads records, writes measurements below work/' }
]

var cdnContainers = [mediaContainer, siteContainer]

resource hostAccount 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: name.hostAccount

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource deadLetters 'containers' existing = { name: deadLetterContainer }

    resource keys 'containers' existing = { name: keysContainer }
  }
}

resource mediaHostAccount 'Microsoft.Storage/storageAccounts@2025-08-01' existing = if (separate) {
  name: name.mediaHostAccount
}

resource mediaAccount 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: name.mediaAccount

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource read 'containers' existing = [for container in cdnContainers: { name: container }]

    resource work 'containers' existing = [for row in mediaOnContainers: { name: row.container }]

    resource site 'containers' existing = { name: siteContainer }
  }
}

resource push 'Microsoft.SignalRService/webPubSub@2024-03-01' existing = { name: name.push }

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' existing = { name: name.registry }

resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: name.insights }

// Two apps are those of the scheduler.
resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' existing = if (separate) {
  name: name.scheduler
}

resource cdnProfile 'Microsoft.Cdn/profiles@2025-06-01' existing = {
  name: name.cdnProfile

  resource endpoint 'afdEndpoints' existing = { name: name.cdnEndpoint }
}

resource hostRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in apiOnHostAccount: {
    name: guid(hostAccount.id, name.apiIdentity, row.role)
    scope: hostAccount
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', row.role)
      principalId: apiPrincipalId
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource accountRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in apiOnMediaAccount: {
    name: guid(mediaAccount.id, name.apiIdentity, row.role)
    scope: mediaAccount
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', row.role)
      principalId: apiPrincipalId
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource mediaHostRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (separate) {
  name: guid(mediaHostAccount.id, name.mediaIdentity, roles.blobDataOwner)
  scope: mediaHostAccount
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataOwner)
    principalId: mediaPrincipalId
    principalType: 'ServicePrincipal'
    description: 'Blob Data Owner: keys and leases of this host alone'
  }
}

resource mediaRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (row, index) in mediaOnContainers: if (separate) {
    name: guid(mediaAccount::blobs::work[index].id, name.mediaIdentity, row.role)
    scope: mediaAccount::blobs::work[index]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', row.role)
      principalId: mediaPrincipalId
      principalType: 'ServicePrincipal'
      description: row.why
      conditionVersion: row.condition == null ? null : '2.0'
      condition: row.condition
    }
  }
]

// Blob Data Reader, but for listing: whoever knows a video's id may play it, and nobody may ask for all ids. Without the
// condition a viewer's "?restype=container&comp=list" would be answered with Front Door's rights.
resource cdnReads 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (container, index) in cdnContainers: {
    name: guid(mediaAccount::blobs::read[index].id, name.cdnIdentity, 'read')
    scope: mediaAccount::blobs::read[index]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataReader)
      principalId: cdnPrincipalId
      principalType: 'ServicePrincipal'
      description: 'Front Door reads ${container}, and cannot list it'
      conditionVersion: '2.0'
      condition: '((!(ActionMatches{\'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read\'} AND SubOperationMatches{\'Blob.List\'})))'
    }
  }
]

// Whoever owns the subscription may do anything with an account, but neither read nor write its blobs.
resource deployerUploads 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerPrincipalId)) {
  name: guid(mediaAccount::blobs::site.id, deployerPrincipalId, roles.blobDataContributor)
  scope: mediaAccount::blobs::site
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataContributor)
    principalId: deployerPrincipalId // A person, or a workflow: no principalType.
    description: 'Who deploys uploads the browser app'
  }
}

resource deployerReadsKey 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerPrincipalId)) {
  name: guid(hostAccount::blobs::keys.id, deployerPrincipalId, roles.blobDataReader)
  scope: hostAccount::blobs::keys
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataReader)
    principalId: deployerPrincipalId
    description: 'Who deploys gives Event Grid the key that the API\'s host has made'
  }
}

resource topicWrites 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hostAccount::blobs::deadLetters.id, name.topic, roles.blobDataContributor)
  scope: hostAccount::blobs::deadLetters
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataContributor)
    principalId: topicPrincipalId
    principalType: 'ServicePrincipal'
    description: 'Event Grid writes what could not be delivered'
  }
}

resource appsPush 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (identity, index) in appIdentities: {
    name: guid(push.id, identity, 'push')
    scope: push
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.pushOwner)
      principalId: apps[index].id
      principalType: 'ServicePrincipal'
      description: 'Web PubSub Service Owner: ${apps[index].who} sends; api signs client URLs'
    }
  }
]

resource imagePull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, name.pullIdentity, 'pull')
  scope: registry
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.pull)
    principalId: pullPrincipalId
    principalType: 'ServicePrincipal'
    description: 'AcrPull: the image'
  }
}

resource appsMeasure 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (identity, index) in appIdentities: {
    name: guid(insights.id, identity, 'publish')
    scope: insights
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.publishMetrics)
      principalId: apps[index].id
      principalType: 'ServicePrincipal'
      description: 'Monitoring Metrics Publisher: telemetry of ${apps[index].who}'
    }
  }
]

resource appsOrchestrate 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (identity, index) in appIdentities: if (separate) {
    name: guid(resourceGroup().id, name.scheduler, identity, 'durable')
    scope: scheduler
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.durableTasks)
      principalId: apps[index].id
      principalType: 'ServicePrincipal'
      description: 'Durable Task Data Contributor: work of ${apps[index].who}, and its scaler\'s look at the backlog'
    }
  }
]

resource apiPurges 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(cdnProfile::endpoint.id, name.apiIdentity, 'purge')
  scope: cdnProfile::endpoint
  properties: {
    roleDefinitionId: purgeRoleId
    principalId: apiPrincipalId
    principalType: 'ServicePrincipal'
    description: 'Deletion purges the CDN'
  }
}
