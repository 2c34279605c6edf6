import Hls, { ErrorDetails, ErrorTypes, Events, type ErrorData } from 'hls.js';
import type { Source } from '../dom/signal';
import { recallBandwidth, rememberBandwidth } from './bandwidth';
import { bufferGoal, hlsConfig } from './hls-config';
import { bestLevel, rangeOf, type Level, type LevelRange, type Quality } from './levels';
import { secondsAhead } from './playback';
import { Recovery, type Fault, type Trouble } from './recovery';

const SLOW_START_MS = 800;
const WORTH_S = 8;

/** What is told about it. */
export interface Told {
  readonly levels: Source<readonly Level[]>;
  readonly shown: Source<Level | null>;
  readonly trouble: Source<Trouble | null>;
}

/** hls.js at work on one film. */
export interface HlsPlayer {
  choose(quality: Quality): void;
  begin(): void;
  retry(): void;
  bandwidth(): number | null;
  dispose(): void;
}

/** hls.js with a lower bound for what it adapts among: it has only an upper one. */
class RangedHls extends Hls {
  lowest = 0;
  override get minAutoLevel(): number {
    return this.lowest;
  }
}

/** Loads a film and keeps it coming. */
export function startHls(video: HTMLVideoElement, master: string, told: Told): HlsPlayer {
  const hls = new RangedHls({ ...hlsConfig, ...bufferGoal(false) });
  const recovery = new Recovery();
  let quality: Quality = null;
  let measured = false;
  let timer = 0,
    slowStart = 0;

  const range = (): LevelRange => rangeOf(told.levels.value, quality);

  hls.on(Events.MANIFEST_PARSED, (_, { levels }) => {
    told.levels.set(levels.map(({ width, height, bitrate }) => ({ width, height, bitrate })));
    restrict();
    hls.startLevel = bestLevel(told.levels.value, range(), recallBandwidth());
    hls.startLoad();
  });
  hls.on(Events.LEVEL_SWITCHED, (_, { level }) => told.shown.set(told.levels.value[level] ?? null));
  hls.on(Events.FRAG_LOADING, (_, { frag }) => {
    // A guess that was too high: the first segment is taken again, smaller.
    if (measured || slowStart || frag.type !== 'main' || frag.sn === 'initSegment' || frag.level <= hls.lowest) return;
    slowStart = window.setTimeout(() => {
      const { loaded, total } = frag.stats;
      if (measured || (total > 0 && loaded > total / 3)) return;
      hls.stopLoad();
      hls.nextLoadLevel = hls.nextAutoLevel = hls.lowest;
      hls.startLoad();
    }, SLOW_START_MS);
  });
  hls.on(Events.FRAG_BUFFERED, (_, { frag }) => {
    told.trouble.set(null);
    recovery.loaded();
    if (frag.type !== 'main') return;
    measured = true;
    const { loaded, loading } = frag.stats;
    // What came from the browser's cache says nothing of the network.
    if (!isFromCache(frag.url))
      rememberBandwidth(Math.min(hls.bandwidthEstimate, (loaded * 8000) / (loading.end - loading.start)));
    improve(frag.level);
  });
  hls.on(Events.ERROR, (_, data) => onError(data));

  function onError(data: ErrorData): void {
    const fault = faultOf(data);
    if (!data.fatal) {
      if (fault.kind === 'network') told.trouble.set('network');
      return;
    }
    const cure = recovery.cureOf(fault, performance.now());
    if (cure.do === 'give-up') {
      told.trouble.set(cure.why);
    } else if (cure.do === 'reset-media') {
      hls.recoverMediaError();
    } else {
      told.trouble.set('network');
      clearTimeout(timer);
      timer = window.setTimeout(loadAgain, cure.afterMs);
    }
  }

  function loadAgain(): void {
    clearTimeout(timer);
    if (told.levels.value.length === 0) {
      hls.loadSource(master);
    } else {
      hls.stopLoad();
      hls.startLoad(video.currentTime > 0 ? video.currentTime : -1);
    }
  }

  /** Where the network has become better, what was loaded ahead in a lower quality is loaded anew, not watched to its end. */
  function improve(loadedLevel: number): void {
    if (hls.autoLevelEnabled && loadedLevel < hls.nextAutoLevel && secondsAhead(video) > WORTH_S) hls.nextLevel = -1;
  }

  /** Adapts among the levels of the chosen height. */
  function restrict(): void {
    const { lowest, highest } = range();
    hls.lowest = lowest;
    hls.autoLevelCapping = highest;
  }

  const online = () => {
    if (told.trouble.value === 'network') loadAgain();
  };
  addEventListener('online', online);
  hls.attachMedia(video);
  hls.loadSource(master);

  return {
    choose(chosen) {
      if (chosen === quality) return;
      quality = chosen;
      if (told.levels.value.length === 0) return;
      restrict();
      const { lowest, highest } = range();
      // What is loaded already is kept where the network chooses again; a height that was asked for is seen at once.
      if (quality === null) hls.loadLevel = -1;
      else hls.nextLevel = lowest === highest ? lowest : -1;
    },
    begin() {
      Object.assign(hls.config, bufferGoal(true));
    },
    retry() {
      if (told.trouble.value === 'media') hls.recoverMediaError();
      loadAgain();
    },
    bandwidth: () => (measured ? hls.bandwidthEstimate : null),
    dispose() {
      clearTimeout(timer);
      clearTimeout(slowStart);
      removeEventListener('online', online);
      hls.destroy();
    },
  };
}

function isFromCache(url: string): boolean {
  const entry = performance.getEntriesByName(url, 'resource').at(-1) as PerformanceResourceTiming | undefined;
  // Of another origin, which does not tell, both are 0.
  return entry !== undefined && entry.transferSize === 0 && entry.decodedBodySize > 0;
}

function faultOf({ type, details, response }: ErrorData): Fault {
  if (type === ErrorTypes.NETWORK_ERROR) return { kind: 'network', status: response?.code };
  return details === ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR ||
    details === ErrorDetails.BUFFER_INCOMPATIBLE_CODECS_ERROR
    ? { kind: 'unsupported' }
    : { kind: 'media' };
}
