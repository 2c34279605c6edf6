metadata description = 'A storage account that takes identities only: no account keys, nothing public.'

@description('Where the account lives.')
param location string

@description('Tags of every resource.')
param tags object

@description('Name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('How the data is replicated.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS'])
param sku string

@description('Names of its containers.')
param containers string[]

@description('Origins whose pages may upload and read, https://host[:port]; none: no page may.')
param corsOrigins string[] = []

@description('What is deleted after how many days since it was last written.')
param expiry expiryRule[] = []

@description('Days for which a deleted blob can be brought back; 0: none.')
@minValue(0)
@maxValue(365)
param softDeleteDays int = 0

@description('Whether only private endpoints, Azure\'s own services and allowedIps reach it.')
param closed bool = false

@description('Public IPv4 addresses or ranges that reach a closed account: of who deploys.')
param allowedIps string[] = []

@description('Files below a prefix that are deleted by age.')
type expiryRule = {
  @description('Name of the rule.')
  name: string

  @description('Container, and path below it.')
  prefix: string

  @description('Days since the last write.')
  @minValue(1)
  days: int
}

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled' // Browsers upload to the media account, each with a ticket for one blob.
    networkAcls: {
      defaultAction: closed ? 'Deny' : 'Allow'
      bypass: 'AzureServices' // Event Grid, as its identity, for what could not be delivered.
      ipRules: map(closed ? allowedIps : [], ip => { value: ip, action: 'Allow' })
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-08-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: softDeleteDays > 0 ? { enabled: true, days: max(1, softDeleteDays) } : { enabled: false }
    containerDeleteRetentionPolicy: { enabled: true, days: 7 } // A container is deleted by mistake only.
    cors: {
      corsRules: empty(corsOrigins)
        ? []
        : [
            {
              allowedOrigins: corsOrigins
              allowedMethods: ['GET', 'HEAD', 'PUT', 'OPTIONS']
              allowedHeaders: ['content-type', 'x-ms-*']
              exposedHeaders: ['etag', 'x-ms-*', 'content-length', 'content-range']
              maxAgeInSeconds: 3600
            }
          ]
    }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' = [
  for container in containers: {
    parent: blobs
    name: container
    properties: { publicAccess: 'None' }
  }
]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-08-01' = if (!empty(expiry)) {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        for rule in expiry: {
          name: rule.name
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: [rule.prefix] }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: rule.days } } }
          }
        }
      ]
    }
  }
}

@description('Resource id of the account.')
output id string = account.id

@description('Name of the account.')
output name string = account.name

@description('https://{account}.blob..., without a slash at the end.')
output blobServiceUri string = 'https://${account.name}.blob.${environment().suffixes.storage}'

@description('https://{account}.queue..., without a slash at the end.')
output queueServiceUri string = 'https://${account.name}.queue.${environment().suffixes.storage}'
