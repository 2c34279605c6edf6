metadata description = 'An alert on what the resource group costs. It stops nothing.'

@description('Dollars (the subscription\'s currency) a month.')
param amount int

@description('First day of the first month, yyyy-MM-01. It stays what it was: the hook reads it off the budget that is there.')
param start string

@description('Resource id of the group that alerts are sent to.')
param actionGroupId string

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: 'vod-monthly'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: start }
    notifications: {
      most: { enabled: true, operator: 'GreaterThan', threshold: 80, thresholdType: 'Actual', contactEmails: [], contactGroups: [actionGroupId] }
      all: { enabled: true, operator: 'GreaterThan', threshold: 100, thresholdType: 'Actual', contactEmails: [], contactGroups: [actionGroupId] }
      ahead: { enabled: true, operator: 'GreaterThan', threshold: 120, thresholdType: 'Forecasted', contactEmails: [], contactGroups: [actionGroupId] }
    }
  }
}
