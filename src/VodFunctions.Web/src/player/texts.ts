import { messages } from '../i18n/messages';

/** The player's texts. */
export const playerTexts = messages({
  en: {
    player: 'Video player', play: 'Play', pause: 'Pause', replay: 'Play again', mute: 'Mute', unmute: 'Unmute', volume: 'Volume',
    seek: 'Place in the video', of: (now: string, all: string) => `${now} of ${all}`,
    settings: 'Settings', quality: 'Quality', auto: 'Automatic', autoNow: (now: string) => `Automatic (${now})`,
    speed: 'Speed', normal: 'Normal', statistics: 'Statistics', keys: 'Keyboard keys',
    fullscreen: 'Full screen', leaveFullscreen: 'Leave full screen', pip: 'Picture in picture', loading: 'Loading …',
    volumeNow: (percent: string) => `Volume ${percent}`, muted: 'Muted', speedNow: (speed: string) => `Speed ${speed}`,
    retry: 'Try again now', close: 'Close',
    troubles: {
      network: 'The connection is lost. The video goes on by itself when it is back.',
      gone: 'This video is no longer there. It may have been deleted.',
      media: 'This video could not be played. Try again, or reload the page.',
      unsupported: 'This browser cannot play this video. Please use a newer one.',
    },
    level: 'Picture', buffer: 'Buffer', bandwidth: 'Network', dropped: 'Dropped frames',
    seconds: (value: string) => `${value} s`, megabits: (value: string) => `${value} Mbit/s`,
    droppedOf: (dropped: string, all: string) => `${dropped} of ${all}`, unknown: 'not known yet',
    help: {
      toggle: 'Play or pause', jump: '10 seconds back or forward', arrows: '5 seconds back or forward',
      volume: 'Louder or quieter', mute: 'Sound on or off', fullscreen: 'Full screen', digits: 'To 0 % … 90 % of the video',
      speed: 'Slower or faster', statistics: 'Statistics', help: 'This list',
    },
  },
  ko: {
    player: '동영상 플레이어', play: '재생', pause: '일시정지', replay: '다시 재생', mute: '음소거', unmute: '음소거 해제', volume: '음량',
    seek: '재생 위치', of: (now: string, all: string) => `${all} 중 ${now}`,
    settings: '설정', quality: '화질', auto: '자동', autoNow: (now: string) => `자동(${now})`,
    speed: '속도', normal: '보통', statistics: '통계', keys: '단축키',
    fullscreen: '전체 화면', leaveFullscreen: '전체 화면 끝내기', pip: 'PIP 모드', loading: '불러오는 중…',
    volumeNow: (percent: string) => `음량 ${percent}`, muted: '음소거됨', speedNow: (speed: string) => `속도 ${speed}`,
    retry: '지금 다시 시도', close: '닫기',
    troubles: {
      network: '연결이 끊겼습니다. 다시 연결되면 자동으로 이어서 재생합니다.',
      gone: '이 동영상은 더 이상 없습니다. 삭제되었을 수 있습니다.',
      media: '동영상을 재생할 수 없습니다. 다시 시도하거나 페이지를 새로 고쳐 주세요.',
      unsupported: '이 브라우저에서는 동영상을 재생할 수 없습니다. 최신 브라우저를 사용해 주세요.',
    },
    level: '화면', buffer: '버퍼', bandwidth: '네트워크', dropped: '누락된 프레임',
    seconds: (value: string) => `${value}초`, megabits: (value: string) => `${value}Mbit/s`,
    droppedOf: (dropped: string, all: string) => `${all}개 중 ${dropped}개`, unknown: '아직 모름',
    help: {
      toggle: '재생 또는 일시정지', jump: '10초 뒤로 또는 앞으로', arrows: '5초 뒤로 또는 앞으로',
      volume: '음량 높이기 또는 낮추기', mute: '소리 켜기 또는 끄기', fullscreen: '전체 화면', digits: '동영상의 0%~90% 위치로',
      speed: '느리게 또는 빠르게', statistics: '통계', help: '이 목록',
    },
  },
});
