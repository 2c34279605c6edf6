metadata description = 'Tells the app of stored uploads. Deployed after the app: the key in the URL exists only once it runs.'

@description('Name of the media account\'s topic.')
param topicName string

@description('Resource id of the account that takes what could not be delivered.')
param deadLetterAccountId string

@description('Its container.')
param deadLetterContainer string

@description('Where the app takes blob events, with the key that lets Event Grid in.')
@secure()
param webhookUrl string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

resource uploads 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'uploads'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: webhookUrl
        maxEventsPerBatch: 1
      }
    }
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/uploads/blobs/'
      subjectEndsWith: '/source'
      // Some clients create an empty blob first. That is no upload.
      advancedFilters: [{ operatorType: 'NumberGreaterThan', key: 'data.contentLength', value: 0 }]
    }
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
    deadLetterWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: { resourceId: deadLetterAccountId, blobContainerName: deadLetterContainer }
      }
    }
  }
}

@description('Name of the subscription.')
output name string = uploads.name
