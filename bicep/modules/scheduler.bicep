metadata description = 'Durable Task Scheduler: keeps the orchestrations and hands out their work.'

@description('Where the scheduler lives.')
param location string

@description('Tags of every resource.')
param tags object

@description('Name of the resource.')
param name string

@description('Name of the task hub.')
param taskHubName string

@description('Consumption is paid for by actions, Dedicated by units and hours.')
@allowed(['Consumption', 'Dedicated'])
param sku string

@description('Units of Dedicated.')
@minValue(1)
@maxValue(3)
param units int

@description('Days after which the scheduler drops ended orchestrations by itself, should the app not have done so.')
@minValue(1)
@maxValue(90)
param retentionDays int

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: sku == 'Dedicated' ? { name: sku, capacity: units } : { name: sku }
    // Who may is decided by roles. An empty list would let nobody in.
    ipAllowlist: ['0.0.0.0/0']
  }
}

resource taskHub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: taskHubName
  properties: {}
}

resource retention 'Microsoft.DurableTask/schedulers/retentionPolicies@2025-11-01' = {
  parent: scheduler
  name: 'default'
  properties: {
    retentionPolicies: [{ retentionPeriodInDays: retentionDays }]
  }
}
