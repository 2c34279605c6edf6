import { messages } from '../i18n/messages';
import { readPart, type JobState } from './job-state';

export const text = messages({
  en: {
    title: 'Progress',
    loading: 'Looking for the video…',
    waiting: 'Waiting for the upload',
    probe: 'Checking the file',
    transcode: 'Converting',
    publish: 'Publishing',
    ready: 'Your video is ready.',
    watch: 'Watch it',
    failed: 'This video could not be made.',
    anew: 'Upload another file',
    gone: 'This video is not there any more.',
    sound: 'Sound',
    done: 'done',
    now: 'in progress',
    next: 'to come',
    unanswered: 'The site does not answer. This page keeps trying.',
    step: (name: string, how: string) => `${name}: ${how}`,
    percent: (percent: number) => `${percent} %`,
    rate: (height: string, megabits: string) => `${height}, ${megabits} Mbps`,
  },
  ko: {
    title: '진행 상황',
    loading: '동영상을 찾고 있습니다…',
    waiting: '업로드를 기다리고 있습니다',
    probe: '파일 확인',
    transcode: '변환',
    publish: '게시 준비',
    ready: '동영상이 준비되었습니다.',
    watch: '보기',
    failed: '동영상을 만들지 못했습니다.',
    anew: '다른 파일 올리기',
    gone: '이 동영상은 더 이상 없습니다.',
    sound: '소리',
    done: '완료',
    now: '진행 중',
    next: '예정',
    unanswered: '사이트가 응답하지 않습니다. 계속 다시 시도합니다.',
    step: (name: string, how: string) => `${name}: ${how}`,
    percent: (percent: number) => `${percent}%`,
    rate: (height: string, megabits: string) => `${height}, ${megabits}Mbps`,
  },
});

/** What people call a part: `720p`, with its bitrate where there are several of that height, or the sound. */
export function partLabel(name: string, all: readonly string[]): string {
  const part = readPart(name);
  if (!part) return name;
  if (part.kind === 'sound') return text().sound;
  const height = `${part.shortSide}p`;
  const isOneOfSeveral = all.some(other => other !== name && shortSideOf(other) === part.shortSide);
  return isOneOfSeveral ? text().rate(height, String(Math.round(part.kilobits / 100) / 10)) : height;
}

function shortSideOf(name: string): number | null {
  const part = readPart(name);
  return part?.kind === 'picture' ? part.shortSide : null;
}

/** What a screen reader says when it has changed: a step, and each quarter of the conversion. */
export function announcement(state: JobState): string {
  const t = text();
  switch (state.phase) {
    case 'loading':
      return '';
    case 'waiting':
      return t.waiting;
    case 'probe':
    case 'publish':
      return t.step(t[state.phase], t.now);
    case 'transcode': {
      const slowest = state.parts.length > 0 ? Math.min(...state.parts.map(part => part.percent)) : state.percent;
      return t.step(t.transcode, t.percent(Math.floor(slowest / 25) * 25));
    }
    // These stand in the status itself.
    case 'ready':
    case 'failed':
    case 'gone':
      return '';
  }
}
