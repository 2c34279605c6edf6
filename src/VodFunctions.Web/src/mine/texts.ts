import { messages } from '../i18n/messages';

export const text = messages({
  en: {
    title: 'My videos', list: 'My videos, newest first', signedOut: 'Sign in to see the videos that you have uploaded.',
    signIn: 'Sign in', empty: 'You have no videos yet', emptyHint: 'What you upload is listed here.', post: 'Post a video',
    unnamed: 'Video',
    stage: { waiting: 'Upload not finished', processing: 'Being processed', ready: 'Ready', failed: 'Failed' },
    waitingHint: 'The file has not arrived whole yet.', goOn: 'Go on with the upload', watch: 'Watch',
    posted: 'Posted', notPosted: 'Not posted yet', expired: 'It was not posted in time. Upload it again to post it.',
    words: 'Text of the post', submit: 'Post it', submitting: 'Posting…', needsWords: 'Write a few words first.',
    submitted: 'Posted. It is in the feed as soon as it is ready.',
    delete: 'Delete', deleteTitle: 'Delete this video?',
    deleteHint: (name: string) => `“${name}”, its post and all that was made of it will be gone for everyone. `
      + 'This cannot be undone.',
    deleteRunning: 'What is still being processed stops.', cancel: 'Keep it', confirm: 'Delete it', deleting: 'Deleting…',
    deleted: (name: string) => `“${name}” is deleted.`,
  },
  ko: {
    title: '내 동영상', list: '내 동영상, 최신순', signedOut: '올린 동영상을 보려면 로그인해 주세요.',
    signIn: '로그인', empty: '아직 동영상이 없습니다', emptyHint: '올린 동영상이 여기에 표시됩니다.', post: '동영상 올리기',
    unnamed: '동영상',
    stage: { waiting: '업로드 미완료', processing: '처리 중', ready: '준비됨', failed: '실패' },
    waitingHint: '파일이 아직 모두 도착하지 않았습니다.', goOn: '업로드 계속하기', watch: '보기',
    posted: '게시', notPosted: '아직 게시하지 않음', expired: '기간 안에 게시하지 않았습니다. 게시하려면 다시 올려 주세요.',
    words: '게시할 글', submit: '게시하기', submitting: '게시하는 중…', needsWords: '글을 먼저 써 주세요.',
    submitted: '게시했습니다. 준비되면 피드에 표시됩니다.',
    delete: '삭제', deleteTitle: '이 동영상을 삭제할까요?',
    deleteHint: (name: string) => `“${name}” 동영상과 게시글, 변환된 파일이 모두에게서 사라집니다. 되돌릴 수 없습니다.`,
    deleteRunning: '진행 중인 처리도 중단됩니다.', cancel: '취소', confirm: '삭제하기', deleting: '삭제하는 중…',
    deleted: (name: string) => `“${name}” 동영상을 삭제했습니다.`,
  },
});
