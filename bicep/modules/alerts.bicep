metadata description = 'What operators are told without asking.'

@description('Where the rules live.')
param location string

@description('Tags of every resource.')
param tags object

@description('Resource id of the log workspace.')
param workspaceId string

@description('Resource id of the event topic.')
param topicId string

@description('Resource id of the app with the API.')
param apiId string

@description('Resource id of the app that transcodes.')
param mediaId string

@description('The most replicas that it may have.')
param mediaMaxReplicas int

@description('Resource id of the account of uploads and media.')
param mediaAccountId string

@description('Gigabytes written to that account in an hour that are an alarm.')
@minValue(1)
param storedGbPerHour int

@description('Resource id of the group that alerts are sent to.')
param actionGroupId string

@description('Minutes after which a job that has not ended is an alarm.')
@minValue(5)
@maxValue(1440)
param queueAgeMinutes int

// Event 1007 of Core is a job that ended in ERROR. Rejections (the file is at fault) are nobody's alarm. The code stands in
// the message where it came rendered, else in a property, whose name depends on the way that the log took.
var failedJobs = '''
AppTraces
| where tostring(Properties.EventId) == "1007" or Message has "ended in"
| extend Code = coalesce(tostring(Properties.Code), tostring(Properties.prop__Code), extract(@"ended in (\w+)", 1, Message))
| where replace_string(toupper(Code), "_", "") in ("ENCODEFAILED", "SOURCEGONE", "TIMEDOUT", "INTERNAL")
'''

// Event 6000 of the app is a stored upload whose start the engine accepted, events 1006 and 1007 are a job's end. What has the first
// for longer than it should and none of the others waits, or hangs. Metrics would be simpler, and do not come here: the
// environment's agent hands none on to Application Insights.
var waitingJobs = '''
let lines = AppTraces
| extend Id = tostring(Properties.EventId),
    Video = coalesce(tostring(Properties.VideoId), tostring(Properties.prop__VideoId), extract("^([0-9a-f]{32}):", 1, Message));
let ended = lines | where Id in ("1006", "1007") or Message has "attempt";
lines
| where Id == "6000" or Message has "upload arrived"
| where Message has "Accepted" or coalesce(tostring(Properties.Outcome), tostring(Properties.prop__Outcome)) == "Accepted"
| where TimeGenerated < ago(MINUTESm)
| join kind=leftanti ended on Video
'''

var logRules = [
  {
    name: 'vod-failed-jobs'
    title: 'Jobs fail'
    text: 'Jobs ended in a failure that is not the file\'s. docs/operating.md says what each code means; requeue them.'
    severity: 1
    query: failedJobs
    window: 'PT15M'
    range: null
  }
  {
    name: 'vod-queue-age'
    title: 'Jobs wait'
    text: 'Uploads have arrived and their jobs have not ended: are there containers of media, and do they work?'
    severity: 2
    query: replace(waitingJobs, 'MINUTES', string(queueAgeMinutes))
    window: 'PT1H'
    range: 'P1D'
  }
]

resource logAlert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in logRules: {
    name: rule.name
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      description: rule.text
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: rule.window
      overrideQueryTimeRange: rule.range
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      skipQueryValidation: true // The tables have no rows before the app runs.
      actions: { actionGroups: [actionGroupId] }
    }
  }
]

var metricRules = [
  {
    name: 'vod-dead-letters'
    text: 'Events of stored uploads could not be delivered and lie in the dead-letter container: those jobs never started.'
    severity: 1
    scope: topicId
    namespace: 'Microsoft.EventGrid/systemTopics'
    metric: 'DeadLetteredCount'
    aggregation: 'Total'
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'vod-delivery-failures'
    text: 'Event Grid is refused by the app: is its key still the one of the subscription? azd hooks run postdeploy sets it.'
    severity: 2
    scope: topicId
    namespace: 'Microsoft.EventGrid/systemTopics'
    metric: 'DeliveryAttemptFailCount'
    aggregation: 'Total'
    threshold: 10
    window: 'PT15M'
  }
  {
    name: 'vod-media-full'
    text: 'The app that transcodes has been at its most replicas: jobs wait for a place. Raise mediaMaxReplicas.'
    severity: 3
    scope: mediaId
    namespace: 'Microsoft.App/containerApps'
    metric: 'Replicas'
    aggregation: 'Minimum'
    threshold: mediaMaxReplicas - 1
    window: 'PT30M'
  }
  {
    // A ticket's URL bounds no bytes: what is too much goes with the next sweep, and this says that somebody tries.
    name: 'vod-storage-growth'
    text: 'More is written to the account of uploads than viewers\' films explain. Event 1008 names the videos whose blocks were dropped.'
    severity: 2
    scope: mediaAccountId
    namespace: 'Microsoft.Storage/storageAccounts'
    metric: 'Ingress'
    aggregation: 'Total'
    threshold: storedGbPerHour * 1000000000
    window: 'PT1H'
  }
  {
    name: 'vod-restarts'
    text: 'Containers of the API restart: see their logs.'
    severity: 2
    scope: apiId
    namespace: 'Microsoft.App/containerApps'
    metric: 'RestartCount'
    aggregation: 'Maximum'
    threshold: 3
    window: 'PT15M'
  }
]

resource metricAlert 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for rule in metricRules: {
    name: rule.name
    location: 'global'
    tags: tags
    properties: {
      description: rule.text
      severity: rule.severity
      enabled: true
      scopes: [rule.scope]
      evaluationFrequency: 'PT5M'
      windowSize: rule.window
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: 'over'
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: rule.namespace
            metricName: rule.metric
            timeAggregation: rule.aggregation
            operator: 'GreaterThan'
            threshold: rule.threshold
          }
        ]
      }
      actions: [{ actionGroupId: actionGroupId }]
    }
  }
]
