metadata description = 'Azure Web PubSub, which notices are pushed through.'

@description('Where the service lives.')
param location string

@description('Tags of every resource.')
param tags object

@description('Name of the resource.')
param name string

@description('Free_F1 holds 20 connections at a time, a unit of Standard_S1 1,000.')
@allowed(['Free_F1', 'Standard_S1'])
param sku string

@description('Units of Standard_S1.')
@allowed([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
param units int

resource service 'Microsoft.SignalRService/webPubSub@2024-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'WebPubSub'
  sku: {
    name: sku
    tier: sku == 'Free_F1' ? 'Free' : 'Standard'
    capacity: sku == 'Free_F1' ? 1 : units
  }
  properties: {
    // No access keys: servers come with their identity, browsers with a URL that a server has signed for one user.
    disableLocalAuth: true
    disableAadAuth: false
    publicNetworkAccess: 'Enabled'
    tls: { clientCertEnabled: false }
  }
}

@description('Its endpoint.')
output endpoint string = 'https://${service.properties.hostName}'
