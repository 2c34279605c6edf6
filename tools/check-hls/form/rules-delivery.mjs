// Rules about how it is sent.
const types = {
  m3u8: ['application/vnd.apple.mpegurl'], mp4: ['video/mp4'], m4s: ['video/mp4', 'video/iso.segment'], ts: ['video/mp2t'],
  vtt: ['text/vtt'],
};

const pathOf = answer => new URL(answer.url).pathname;
const extension = answer => pathOf(answer).split('.').at(-1);

export default [
  {
    number: '8.18', level: 'SHOULD', title: 'No redirects',
    check: ({ answers }, verdict) => answers.forEach(answer =>
      verdict.expect(answer.status < 300 || answer.status >= 400, `${pathOf(answer)}: ${answer.status}`)),
  },
  {
    number: '10.1', level: 'MUST', title: 'Playlists are gzip-encoded',
    check: ({ answers }, verdict) => answers.filter(answer => extension(answer) === 'm3u8').forEach(answer =>
      verdict.expect(answer.encoding === 'gzip', `${pathOf(answer)}: ${answer.encoding ?? 'not'} encoded`)),
  },
  {
    number: '10.4', level: 'MUST', title: 'Content types',
    check: ({ answers }, verdict) => answers.forEach(answer =>
      verdict.expect(types[extension(answer)]?.includes(answer.type), `${pathOf(answer)}: ${answer.type}`)),
  },
  {
    number: 'RFC 4', level: 'MUST', title: 'Everything that a playlist names is there',
    check: ({ answers }, verdict) => answers.forEach(answer =>
      verdict.expect(answer.status === 200, `${pathOf(answer)}: ${answer.status}`)),
  },
  {
    number: 'RFC 3', level: 'MUST', title: 'The segments of every playlist can be read',
    check: ({ unreadable }, verdict) => unreadable.forEach(({ name, unreadable: reason }) => verdict.expect(false, `${name}: ${reason}`)),
  },
];
