import { ApiError } from '../api/errors';
import type { App } from '../app/app';
import { h } from '../dom/element';
import { icon } from '../dom/icon';
import type { UploadPolicy } from '../api/types';
import { checkFile, checkPolicy } from '../uploads/file-check';
import { readMediaFacts } from '../uploads/media-facts';
import type { Upload } from '../uploads/upload';
import { dropTarget, filePicker } from './file-picker';
import type { Scope } from './scope';
import { text } from './texts';
import { uploadSentence } from './upload-sentence';
import { uploadView } from './upload-view';

const CLOUD =
  'M19.35 10.04A7.49 7.49 0 0 0 12 4a7.48 7.48 0 0 0-6.64 4.04A5.99 5.99 0 0 0 6 20h13a5 5 0 0 0 .35-9.96ZM14 13v4h-4v-4H7l5-5 5 5h-3Z';

/** Chooses the video, and shows how its upload goes. `forbidden` is called where the user may not upload at all. */
export function videoStep(app: App, upload: Upload | null, scope: Scope, forbidden: () => void): HTMLElement {
  const t = text();
  const problem = h('p', { class: 'post-problem', role: 'alert', 'data-testid': 'post-file-problem' });
  let refusedFile: File | null = null;
  let choice = 0,
    left = false;
  scope.add(() => {
    left = true;
  });

  const refuse = (error: unknown) => {
    problem.textContent = uploadSentence(error, upload?.file.name);
  };

  /** The file is checked before the one before it is given up. */
  async function begin(file: File): Promise<void> {
    problem.textContent = '';
    const mine = ++choice;
    try {
      const facts = checkFile(file);
      const [policy, media] = await Promise.all([policyOf(app), readMediaFacts(file)]);
      // Another one was chosen meanwhile, or the page left.
      if (mine !== choice || left) return;
      if (policy) checkPolicy(facts, policy, media);
      if (app.uploads.current.value) await app.uploads.discard();
      app.uploads.start(file);
    } catch (error) {
      refuse(error);
    }
  }

  async function chosen(file: File): Promise<void> {
    if (upload?.state.value.phase !== 'needs-file') return begin(file);
    problem.textContent = '';
    refusedFile = file;
    await upload.goOn(file);
  }

  const picker = filePicker(t.choose, file => void chosen(file));
  if (upload) {
    const instead = filePicker(t.other, file => void begin(file));
    instead.input.dataset['testid'] = 'post-other-file';
    const view = uploadView(upload, scope, {
      sameFile: picker.open,
      other: instead.open,
      instead: () => {
        if (refusedFile) void begin(refusedFile);
      },
    });
    scope.add(
      dropTarget(
        view,
        file => {
          if (upload.state.value.phase === 'needs-file') void chosen(file);
        },
        refuse,
      ),
    );
    return h('div', {}, view, picker.input, instead.input, problem);
  }

  const limits = h('span', {}, t.anyVideo);
  const zone = h(
    'div',
    { class: 'post-zone', 'data-testid': 'post-zone' },
    icon(CLOUD),
    h('p', {}, t.drop),
    h(
      'button',
      { type: 'button', 'aria-describedby': 'post-limits', 'data-testid': 'post-choose', onclick: picker.open },
      t.choose,
    ),
    h('p', { id: 'post-limits', class: 'hint' }, limits),
  );
  if (app.signIn.user.value) {
    void policyOf(app, () => {
      if (!left) forbidden();
    }).then(policy => policy && limits.replaceChildren(t.limits(policy)));
  }
  scope.add(dropTarget(zone, file => void chosen(file), refuse));
  const elsewhere = h('p', { class: 'hint', role: 'status', 'data-testid': 'post-elsewhere' });
  scope.watch(app.uploads.elsewhere, file => {
    elsewhere.textContent = file ? t.elsewhere(file.name) : '';
  });
  return h('div', {}, zone, picker.input, problem, elsewhere);
}

const POLICY_MS = 4_000;

/** Null where the API does not say: then it says at the ticket what it refuses. */
async function policyOf(app: App, forbidden?: () => void): Promise<UploadPolicy | null> {
  try {
    return await app.api.uploadPolicy({ signal: AbortSignal.timeout(POLICY_MS) });
  } catch (error) {
    if (error instanceof ApiError && error.code === 'FORBIDDEN') forbidden?.();
    console.warn('upload policy', error);
    return null;
  }
}
