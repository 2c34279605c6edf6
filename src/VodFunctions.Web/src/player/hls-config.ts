import type { HlsConfig } from 'hls.js';

/** Seconds that are loaded before the viewer presses play: the first two segments. */
export const BEGINNING_S = 4;

const AHEAD_S = 30;
const FAR_AHEAD_S = 60;

/** What differs from hls.js's own settings, each with its reason. */
export const hlsConfig: Partial<HlsConfig> = {
  // The beginning is loaded when its level is chosen, which needs the list of levels.
  autoStartLoad: false,
  // fMP4 passes through as it is; MPEG-TS is unpacked in milliseconds. A worker would be 120 KB more to load.
  enableWorker: false,
  // Nothing here is live, has subtitles, keys, advertisements or metadata. The advertisements' machinery alone loads
  // before the film does.
  lowLatencyMode: false,
  enableDateRangeMetadataCues: false,
  enableEmsgMetadataCues: false,
  enableID3MetadataCues: false,
  ...without(
    'interstitialsController',
    'subtitleStreamController',
    'subtitleTrackController',
    'timelineController',
    'emeController',
    'cmcdController',
    'contentSteeringController',
    'iframeController',
  ),
  // The level of the first segment is chosen from what was measured last time, not by a test that is thrown away.
  testBandwidth: false,
  abrEwmaDefaultEstimate: 500_000,
  // Half-lives in seconds of loading: at 20 Mbit/s a small segment takes 0.3 s, so the defaults (3 and 9) take minutes to
  // notice that a network has become better. A slow network has loads of many seconds, each of which tells enough.
  abrEwmaFastVoD: 0.5,
  abrEwmaSlowVoD: 0.5,
  // What is watched stays for going back a little, not for ever.
  backBufferLength: 60,
  // A chosen height is kept through a loss of the network, and no level is held unusable after it.
  preserveManualLevelOnError: true,
  errorPenaltyExpireMs: 10_000,
};

/** How far ahead is loaded: only the beginning, or as much as a bad network needs. */
export function bufferGoal(begun: boolean): Pick<HlsConfig, 'maxBufferLength' | 'maxMaxBufferLength'> {
  return begun
    ? { maxBufferLength: AHEAD_S, maxMaxBufferLength: FAR_AHEAD_S }
    : { maxBufferLength: BEGINNING_S, maxMaxBufferLength: BEGINNING_S };
}

function without(...controllers: (keyof HlsConfig)[]): Partial<HlsConfig> {
  return Object.fromEntries(controllers.map(name => [name, undefined])) as Partial<HlsConfig>;
}
