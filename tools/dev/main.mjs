// The verbs of ./dev that are programs: each says what it needs, what it builds and what it starts. Its usage is in ./dev.
import { build, buildSite, sayStandIns, site, siteFolder } from './build.mjs';
import { run } from './commands.mjs';
import { exitWith, refuse, say } from './console.mjs';
import { needFunc } from './core-tools.mjs';
import { appSettings, functionsApp, startFunctionsHost } from './functions-host.mjs';
import { localHost, startLocalHost } from './local-host.mjs';
import { readOptions } from './options.mjs';
import { addressOf, freePort, isFree } from './ports.mjs';
import { needChromium, needDotnet, needFFmpeg, needNpm, needPackages } from './requirements.mjs';
import { demo, exitOnSignals, onStage, runDemo, stayUp } from './stage.mjs';
import { developmentPorts, startRememberedStorage, startStorage } from './storage.mjs';
import { testAll } from './testing/test-all.mjs';

const solution = 'VodFunctions.sln';
const bench = 'tests/bench/VodFunctions.Bench';
const notChecked = 'The site is not formatted (run ./dev fmt), or its types do not fit: see the messages above.';

const verbs = {
  async run(args) {
    const options = readOptions(args, { port: 7071, data: '.data', video: null, demo: true });
    await needDotnet();
    needNpm();
    const url = await addressOf(options.port);
    return onStage(options.data, async stage => {
      await needFFmpeg();
      await needPackages();
      await buildSite();
      await build(localHost, ...(options.demo ? [demo] : []));
      const storage = await startRememberedStorage(stage.supervisor, stage.folder);
      await startLocalHost(stage.supervisor, {
        url, folder: stage.folder, settings: { 'Vod:Storage:ConnectionString': storage, 'Vod:Local:SiteFolder': siteFolder },
      });
      return show(stage, url, 'host', options);
    });
  },

  async func(args) {
    const options = readOptions(args, { port: 7071, data: '.data', video: null, demo: true });
    await needDotnet();
    needNpm();
    const func = await needFunc();
    const url = await addressOf(options.port);
    return onStage(options.data, async stage => {
      await needFFmpeg();
      await needPackages();
      await buildSite();
      await build(localHost, functionsApp, ...(options.demo ? [demo] : []));
      sayStandIns();
      const port = await freePort();
      const storage = await startRememberedStorage(stage.supervisor, stage.folder, { queue: 0, table: 0 });
      const printed = await startLocalHost(stage.supervisor, {
        url, folder: stage.folder, emulators: true, settings: {
          'Vod:Storage:ConnectionString': storage, 'Vod:Local:SiteFolder': siteFolder, 'Vod:Local:FunctionsHost': `http://127.0.0.1:${port}`,
        },
      });
      await startFunctionsHost(stage.supervisor, {
        func, port, health: `${url}/api/health/ready`, settings: appSettings(printed, storage, stage.folder),
      });
      return show(stage, url, 'functions', options);
    });
  },

  async emulators(args) {
    const options = readOptions(args, { port: 7072, data: '.data' });
    await needDotnet();
    needNpm();
    const url = await addressOf(options.port);
    for (const port of Object.values(developmentPorts)) {
      if (!(await isFree(port))) refuse(`Port ${port} is in use by another program, and 'func start' expects the storage emulator there.`);
    }
    return onStage(options.data, async stage => {
      await needPackages();
      await build(localHost);
      const storage = await startStorage(stage.supervisor, stage.folder, developmentPorts);
      const printed = await startLocalHost(stage.supervisor, {
        url, folder: stage.folder, emulators: true, settings: { 'Vod:Storage:ConnectionString': storage },
      });
      say(`VodStorage=UseDevelopmentStorage=true\n${printed}\nready ${url}`);
      say('note  the storage has the emulator\'s published key: every user of this machine can read and write it');
      return stayUp(stage);
    });
  },

  async test(args) {
    const { all } = readOptions(args, { all: false });
    await needDotnet();
    await needFFmpeg();
    await needChromium();
    await needPackages();
    return testAll({ all, prepare: async () => { await buildSite(); await build(solution); sayStandIns(); } });
  },

  async fmt(args) {
    const { check } = readOptions(args, { check: false });
    await needDotnet();
    needNpm();
    const shown = { stdio: ['ignore', 'inherit', 'inherit'] };
    const formatted = await run('dotnet', ['format', solution, ...(check ? ['--verify-no-changes'] : [])], shown);
    if (formatted.code !== 0) refuse('The code is not formatted: run ./dev fmt.');
    await needPackages();
    if (!check) await run('npm', ['run', '-s', '-w', site, 'format'], shown);
    const checked = await run('npm', ['run', '-s', '-w', site, 'check'], shown);
    if (checked.code !== 0) refuse(notChecked);
  },

  // ./dev starts these two itself, so that signals are theirs alone.
  async 'prepare-check-hls'() {
    await needFFmpeg();
  },

  async 'prepare-cases'() {
    await needDotnet();
    await needFFmpeg();
    await needPackages();
    await build(localHost);
  },

  async 'prepare-bench'() {
    await needDotnet();
    await needFFmpeg();
    await needPackages();
    await build(bench);
  },

  async 'prepare-bench-uploads'() {
    await needDotnet();
    await needFFmpeg();
    await needPackages();
    await build(localHost, ...(process.env.VOD_HOST === 'functions' ? [functionsApp] : []));
  },
};

async function show(stage, url, log, { demo: wanted, video }) {
  const file = `${stage.folder}/logs/${log}.log`;
  say(`ready ${url}\nopen  ${url}/\nlog   ${file}`);
  if (wanted) await runDemo(stage, { url, video, log: file });
  return stayUp(stage);
}

exitOnSignals();
const [verb, ...args] = process.argv.slice(2);
process.exit(await exitWith(() => verbs[verb](args)));
