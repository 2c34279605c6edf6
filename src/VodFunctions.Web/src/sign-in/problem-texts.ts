import { messages } from '../i18n/messages';
import type { SignInProblem } from './sign-in';

/** Why signing in or out did not work and what to do. */
export const problemText = messages({
  en: {
    unavailable:
      'Signing in does not work at the moment: the sign-in service does not answer. Try again in a few minutes.',
    refused: 'You were not signed in: it was cancelled, or the sign-in service refused it. Try again, or ask the site.',
    foreign: 'You were not signed in: this sign-in was not begun in this tab. Please sign in again.',
    ended: 'Your sign-in has ended. Please sign in again; an upload goes on with the same file.',
    storage: 'Your browser keeps nothing for this site, so signing in cannot work. Allow the site to store data.',
    'signed-out-here':
      'You are signed out here, but the sign-in service does not answer and may still know you. Close the browser if others use it.',
  },
  ko: {
    unavailable: '로그인 서비스가 응답하지 않아 지금은 로그인할 수 없습니다. 몇 분 뒤 다시 시도해 주세요.',
    refused: '로그인이 취소되었거나 로그인 서비스가 거부했습니다. 다시 시도하거나 사이트에 문의해 주세요.',
    foreign: '이 탭에서 시작한 로그인이 아니어서 로그인하지 않았습니다. 다시 로그인해 주세요.',
    ended: '로그인이 만료되었습니다. 다시 로그인해 주세요. 업로드는 같은 파일로 이어집니다.',
    storage:
      '브라우저가 이 사이트의 데이터를 저장하지 않아 로그인할 수 없습니다. 사이트의 데이터 저장을 허용해 주세요.',
    'signed-out-here':
      '여기서는 로그아웃되었지만, 로그인 서비스가 응답하지 않아 그쪽 로그인이 남아 있을 수 있습니다. 함께 쓰는 컴퓨터라면 브라우저를 닫아 주세요.',
  },
} satisfies Record<'en' | 'ko', Record<SignInProblem, string>>);
