/**
 * Where a media file is. What begins with a slash is on the API's own host, which need not be this page's.
 *
 * @param api The API's address, as the configuration has it.
 */
export function mediaUrl(api: string, path: string, page: string = location.href): string {
  return new URL(path, new URL(api, page)).href;
}
