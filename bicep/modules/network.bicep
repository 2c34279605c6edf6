metadata description = 'A virtual network for the apps, and private endpoints to the accounts of their hosts.'

@description('Where it lives.')
param location string

@description('Tags of every resource.')
param tags object

@description('Distinguishes the names of this deployment.')
param token string

@description('Names of the accounts.')
param accounts string[]

var services = ['blob', 'queue', 'table']
var endpoints = flatten(map(accounts, account => map(services, service => { account: account, service: service })))

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-vod-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.60.0.0/16'] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.60.0.0/23'
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      { name: 'endpoints', properties: { addressPrefix: '10.60.2.0/26' } }
    ]
  }

  resource apps 'subnets' existing = { name: 'apps' }

  resource private 'subnets' existing = { name: 'endpoints' }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in services: {
    name: 'privatelink.${service}.${environment().suffixes.storage}'
    location: 'global'
    tags: tags
  }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (service, index) in services: {
    parent: zone[index]
    name: 'vod'
    location: 'global'
    properties: { virtualNetwork: { id: network.id }, registrationEnabled: false }
  }
]

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = [
  for row in endpoints: {
    name: 'pe-${row.account}-${row.service}'
    location: location
    tags: tags
    properties: {
      subnet: { id: network::private.id }
      privateLinkServiceConnections: [
        { name: row.service, properties: { privateLinkServiceId: resourceId('Microsoft.Storage/storageAccounts', row.account), groupIds: [row.service] } }
      ]
    }
  }
]

resource record 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [
  for (row, index) in endpoints: {
    parent: endpoint[index]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        { name: row.service, properties: { privateDnsZoneId: zone[indexOf(services, row.service)].id } }
      ]
    }
  }
]

@description('Subnet of the apps.')
output appsSubnetId string = network::apps.id
