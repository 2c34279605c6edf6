metadata description = 'The events of the media account. Who gets them is said by ../event-subscription.bicep, once the app runs.'

@description('Where the topic lives: with the account.')
param location string

@description('Tags of every resource.')
param tags object

@description('Name of the topic.')
param name string

@description('Resource id of the account.')
param accountId string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  identity: { type: 'SystemAssigned' } // Writes what could not be delivered.
  properties: {
    source: accountId
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

@description('Resource id of the topic.')
output id string = topic.id

@description('Name of the topic.')
output name string = topic.name

@description('Object id of its identity, for role assignments.')
output principalId string = topic.identity.principalId
