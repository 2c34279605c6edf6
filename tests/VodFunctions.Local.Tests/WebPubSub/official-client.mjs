// The official client, unchanged: prints what it gets as lines of JSON; ends when it has received as many messages as asked for.
import { WebPubSubClient, WebPubSubJsonProtocol, WebPubSubJsonReliableProtocol } from '@azure/web-pubsub-client';

const [url, kind, count] = process.argv.slice(2);
const protocol = kind === 'reliable' ? WebPubSubJsonReliableProtocol() : WebPubSubJsonProtocol();
const client = new WebPubSubClient(url, { protocol, autoReconnect: false, messageRetryOptions: { maxRetries: 0 } });
const print = line => console.log(JSON.stringify(line));
let received = 0;

client.on('connected', e => print({ event: 'connected', userId: e.userId }));
client.on('server-message', e => {
  print({ event: 'message', dataType: e.message.dataType, data: e.message.data });
  if (++received === Number(count)) client.stop();
});
client.on('stopped', () => {
  print({ event: 'stopped' });
  // A stopped client's keep-alive timers would hold the process for another 20 s.
  process.exit(0);
});

await client.start();
try {
  await client.joinGroup('g');
} catch (e) {
  print({ event: 'refused', name: e.errorDetail?.name });
}
await client.sendEvent('hello', 'text', 'text');
print({ event: 'ready' });
