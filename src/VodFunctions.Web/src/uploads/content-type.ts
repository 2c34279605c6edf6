// What browsers have no type for, or on some systems a wrong one: by the file's extension.
const BY_EXTENSION: Readonly<Record<string, string>> = {
  '3g2': 'video/3gpp2',
  '3gp': 'video/3gpp',
  asf: 'video/x-ms-asf',
  avi: 'video/x-msvideo',
  divx: 'video/x-msvideo',
  f4v: 'video/mp4',
  flv: 'video/x-flv',
  insv: 'video/mp4',
  lrv: 'video/mp4',
  m2t: 'video/mp2t',
  m2ts: 'video/mp2t',
  m4v: 'video/x-m4v',
  mkv: 'video/x-matroska',
  mod: 'video/mpeg',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  mpe: 'video/mpeg',
  mpeg: 'video/mpeg',
  mpg: 'video/mpeg',
  mts: 'video/mp2t',
  mxf: 'application/mxf',
  ogg: 'video/ogg',
  ogv: 'video/ogg',
  qt: 'video/quicktime',
  tod: 'video/mp2t',
  trp: 'video/mp2t',
  ts: 'video/mp2t',
  vob: 'video/mpeg',
  webm: 'video/webm',
  wmv: 'video/x-ms-wmv',
};

// The containers that the API takes beside `video/*`.
const APPLICATIONS = ['application/mp4', 'application/mxf', 'application/x-matroska'];

// What is surely no video, whatever the file is called; but Linux takes `.ts` for a translator's file. Systems call others
// audio (`.mod`, `.ogg`) or applications (`.asf`): there the extension counts, and in the end the bytes.
const NEVER = /^(?!text\/vnd\.trolltech\.linguist$)(?:text|image|font|model|message|multipart)\//;

/** For the file dialog: videos, and files that some systems do not know for videos. */
export const ACCEPT = ['video/*', ...Object.keys(BY_EXTENSION).map(extension => `.${extension}`)].join(',');

/** The type to upload a file as, or null where it is no video. What it really is, the server finds out. */
export function videoTypeOf(file: { readonly name: string; readonly type: string }): string | null {
  const type = file.type.split(';')[0]!.trim().toLowerCase();
  if ((type.startsWith('video/') && type.length > 'video/'.length) || APPLICATIONS.includes(type)) return type;
  if (NEVER.test(type)) return null;
  const extension = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension]! : null;
}
