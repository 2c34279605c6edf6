import { messages } from '../i18n/messages';

export const text = messages({
  en: {
    title: 'Feed',
    list: 'Videos, newest first',
    fresh: 'Show new videos',
    empty: 'There are no videos yet',
    emptyHint: 'Be the first to post one.',
    post: 'Post a video',
  },
  ko: {
    title: '피드',
    list: '동영상, 최신순',
    fresh: '새 동영상 보기',
    empty: '아직 동영상이 없습니다',
    emptyHint: '첫 동영상을 올려 보세요.',
    post: '동영상 올리기',
  },
});
