// What browsers have no type for, or on some systems a wrong one: by the file's extension.
const BY_EXTENSION: Readonly<Record<string, string>> = {
  '3g2': 'video/3gpp2',
  '3gp': 'video/3gpp',
  avi: 'video/x-msvideo',
  divx: 'video/x-msvideo',
  flv: 'video/x-flv',
  m2t: 'video/mp2t',
  m2ts: 'video/mp2t',
  m4v: 'video/x-m4v',
  mkv: 'video/x-matroska',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  mpeg: 'video/mpeg',
  mpg: 'video/mpeg',
  mts: 'video/mp2t',
  mxf: 'application/mxf',
  ogv: 'video/ogg',
  qt: 'video/quicktime',
  ts: 'video/mp2t',
  vob: 'video/mpeg',
  webm: 'video/webm',
  wmv: 'video/x-ms-wmv',
};

// The containers that the API takes beside `video/*`.
const APPLICATIONS = ['application/mp4', 'application/mxf', 'application/x-matroska'];

// No type at all, and what Linux calls `.ts`.
const NONE = ['', 'application/octet-stream', 'text/vnd.trolltech.linguist'];

/** For the file dialog: videos, and files that some systems do not know for videos. */
export const ACCEPT = ['video/*', ...Object.keys(BY_EXTENSION).map(extension => `.${extension}`)].join(',');

/** The type to upload a file as, or null where it is no video. What it really is, the server finds out. */
export function videoTypeOf(file: { readonly name: string; readonly type: string }): string | null {
  const type = file.type.split(';')[0]!.trim().toLowerCase();
  if ((type.startsWith('video/') && type.length > 'video/'.length) || APPLICATIONS.includes(type)) return type;
  if (!NONE.includes(type)) return null;
  const extension = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension]! : null;
}
