import type { JobError, JobErrorCode, Notice } from '../api/types';
import { messages } from '../i18n/messages';
import { jobErrorSentence } from '../problems/sentences';

export const text = messages({
  en: {
    region: 'News of your videos',
    ready: 'Your video is ready',
    failed: 'Your video could not be made',
    watch: 'Watch it',
    anew: 'Upload another file',
    mine: 'To my videos',
    dismiss: 'Close',
  },
  ko: {
    region: '내 동영상 소식',
    ready: '동영상이 준비되었습니다',
    failed: '동영상을 만들지 못했습니다',
    watch: '보기',
    anew: '다른 파일 올리기',
    mine: '내 동영상으로',
    dismiss: '닫기',
  },
});

const FOR_OPERATORS: readonly JobErrorCode[] = ['ENCODE_FAILED', 'TIMED_OUT', 'INTERNAL'];

/** Whether another file would help. The rest is for the operators, who can have the job tried again. */
export function isForUploader(error: JobError | null | undefined): boolean {
  return error != null && !FOR_OPERATORS.includes(error.code);
}

/** What a notice says, in the page's language. */
export interface NoticeWords {
  readonly title: string;
  /** The first line of the post, or null. Written by its user. */
  readonly post: string | null;
  /** What went wrong and what to do, or null. */
  readonly why: string | null;
  readonly link: { readonly href: string; readonly words: string };
}

export function wordsOf(notice: Notice): NoticeWords {
  const t = text(),
    post = notice.title ? notice.title : null;
  if (notice.type === 'video.completed') {
    return { title: t.ready, post, why: null, link: { href: `/videos/${notice.videoId}`, words: t.watch } };
  }
  return {
    title: t.failed,
    post,
    why: notice.error ? jobErrorSentence(notice.error) : null,
    link: isForUploader(notice.error) ? { href: '/post', words: t.anew } : { href: '/mine', words: t.mine },
  };
}
