metadata description = 'Who may do what: each row of a table is one role of one identity on one resource.'

@description('Object id of the apps\' identity.')
param appPrincipalId string

@description('Object id of Front Door\'s identity.')
param cdnPrincipalId string

@description('Object id of the event topic\'s identity.')
param topicPrincipalId string

@description('The account of the Functions host.')
param hostAccountName string

@description('Its container for events that could not be delivered.')
param deadLetterContainer string

@description('The account of uploads, media and state.')
param mediaAccountName string

@description('Its containers that Front Door reads.')
param cdnContainers string[]

@description('Its container with the browser app.')
param siteContainer string

@description('Object id of who uploads the browser app; empty: nobody.')
param deployerPrincipalId string

@description('Web PubSub.')
param pushName string

@description('The registry.')
param registryName string

@description('Application Insights.')
param insightsName string

@description('Durable Task Scheduler; empty where Azure Storage keeps the orchestrations.')
param schedulerName string

@description('The profile of Front Door.')
param cdnProfileName string

@description('Its endpoint.')
param cdnEndpointName string

var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'

var onHostAccount = [
  { role: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b', why: 'Blob Data Owner: leases, receipts and timers of the host' }
  { role: queueDataContributor, why: 'Queue Data Contributor: queues of Durable Functions and of the host' }
  { role: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3', why: 'Table Data Contributor: history of Durable Functions, diagnostics' }
]

var onMediaAccount = [
  { role: blobDataContributor, why: 'Blob Data Contributor: uploads, media and state; user-delegation keys for tickets' }
  { role: queueDataContributor, why: 'Queue Data Contributor: the blob trigger queues its events beside the blobs' }
]

resource hostAccount 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: hostAccountName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource deadLetters 'containers' existing = { name: deadLetterContainer }
  }
}

resource mediaAccount 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: mediaAccountName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource read 'containers' existing = [for name in cdnContainers: { name: name }]

    resource site 'containers' existing = { name: siteContainer }
  }
}

resource push 'Microsoft.SignalRService/webPubSub@2024-03-01' existing = { name: pushName }

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' existing = { name: registryName }

resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: insightsName }

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' existing = if (!empty(schedulerName)) {
  name: schedulerName
}

resource cdnProfile 'Microsoft.Cdn/profiles@2025-06-01' existing = {
  name: cdnProfileName

  resource endpoint 'afdEndpoints' existing = { name: cdnEndpointName }
}

resource hostRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in onHostAccount: {
    name: guid(hostAccount.id, appPrincipalId, row.role)
    scope: hostAccount
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', row.role)
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource mediaRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in onMediaAccount: {
    name: guid(mediaAccount.id, appPrincipalId, row.role)
    scope: mediaAccount
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', row.role)
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

// Blob Data Reader, but for listing: whoever knows a video's id may play it, and nobody may ask for all ids. Without the
// condition a viewer's "?restype=container&comp=list" would be answered with Front Door's rights.
resource cdnReads 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, index) in cdnContainers: {
    name: guid(mediaAccount::blobs::read[index].id, cdnPrincipalId, 'read')
    scope: mediaAccount::blobs::read[index]
    properties: {
      roleDefinitionId: subscriptionResourceId(
        'Microsoft.Authorization/roleDefinitions',
        '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
      )
      principalId: cdnPrincipalId
      principalType: 'ServicePrincipal'
      description: 'Front Door reads ${name}, and cannot list it'
      conditionVersion: '2.0'
      condition: '((!(ActionMatches{\'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read\'} AND SubOperationMatches{\'Blob.List\'})))'
    }
  }
]

// Whoever owns the subscription may do anything with the account, but not write into it.
resource deployerUploads 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerPrincipalId)) {
  name: guid(mediaAccount::blobs::site.id, deployerPrincipalId, blobDataContributor)
  scope: mediaAccount::blobs::site
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
    principalId: deployerPrincipalId // A person, or a workflow: no principalType.
    description: 'Who deploys uploads the browser app'
  }
}

resource topicWrites 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hostAccount::blobs::deadLetters.id, topicPrincipalId, blobDataContributor)
  scope: hostAccount::blobs::deadLetters
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
    principalId: topicPrincipalId
    principalType: 'ServicePrincipal'
    description: 'Event Grid writes what could not be delivered'
  }
}

resource appPushes 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(push.id, appPrincipalId, 'push')
  scope: push
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      '12cf5a90-567b-43ae-8102-96cf46c7d9b4'
    )
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    description: 'Web PubSub Service Owner: sends, and signs client URLs'
  }
}

resource appPulls 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, appPrincipalId, 'pull')
  scope: registry
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      '7f951dda-4ed3-4680-a7ca-43fe172d538d'
    )
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    description: 'AcrPull: the image'
  }
}

resource appMeasures 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, appPrincipalId, 'publish')
  scope: insights
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      '3913510d-42f4-4e42-8a64-420c390055eb'
    )
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    description: 'Monitoring Metrics Publisher: telemetry'
  }
}

resource appOrchestrates 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(schedulerName)) {
  name: guid(resourceGroup().id, schedulerName, appPrincipalId, 'durable')
  scope: scheduler
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      '0ad04412-c4d5-4796-b79c-f76d14c8d402'
    )
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    description: 'Durable Task Data Contributor: orchestrations, and the scaler\'s look at the backlog'
  }
}

// The built-in roles that may purge may change the whole profile as well.
resource purger 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'vod-cdn-purge')
  properties: {
    roleName: 'VodFunctions CDN purge (${resourceGroup().name})'
    description: 'Purges what Front Door holds of a deleted video.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: ['Microsoft.Cdn/profiles/afdEndpoints/read', 'Microsoft.Cdn/profiles/afdEndpoints/purge/action']
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
  }
}

resource appPurges 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(cdnProfile::endpoint.id, appPrincipalId, 'purge')
  scope: cdnProfile::endpoint
  properties: {
    roleDefinitionId: purger.id
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    description: 'Deletion purges the CDN'
  }
}
