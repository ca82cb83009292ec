// node-nut of the npm registry, which homebridge-nut, ioBroker and Node-RED use.
'use strict';

const Nut = require('node-nut');
const port = Number(process.env.NUT_PORT);

// Its callbacks take the result before the error, or the error alone.
const got = (call) => new Promise((resolve) => call((value, error) => resolve(error ? `ERR ${error}` : value)));
const done = (call) => new Promise((resolve) => {
  let first = true;
  call((error) => {
    // it calls back twice after an error
    if (first) resolve(error ? `ERR ${error}`.trim() : 'OK');
    first = false;
  });
});

function connected() {
  const nut = new Nut(port, '127.0.0.1');
  return new Promise((resolve, reject) => {
    nut.on('ready', () => resolve(nut));
    nut.on('error', reject);
    nut.start();
  });
}

async function known(password) {
  const nut = await connected();
  await done((back) => nut.SetUsername('admin', back));
  await done((back) => nut.SetPassword(password, back));
  return nut;
}

function closed(nut) {
  return new Promise((resolve) => {
    nut.on('close', resolve);
    nut.close();
  });
}

async function main() {
  const nut = await known('secret');
  console.log('names', Object.keys(await got((back) => nut.GetUPSList(back))).join(' '));
  console.log('read', (await got((back) => nut.GetUPSVars('lab', back)))['ups.status']);
  console.log('writable', (await got((back) => nut.GetRWVars('lab', back)))['ups.id']);
  console.log('type', await got((back) => nut.GetVarType('lab', 'ups.id', back)));
  const commands = await got((back) => nut.GetUPSCommands('lab', back));
  console.log('commands', commands.filter((name) => name === 'load.off').join(' '));
  const version = await got((back) => nut.ver(back));
  console.log('version', version.split(' - ')[0].replace(/ [^ ]*$/, ''));
  console.log('netver', (await got((back) => nut.netVer(back))).trim());
  console.log('set', await done((back) => nut.SetRWVar('lab', 'ups.id', 'cellar', back)));
  console.log('command', await done((back) => nut.RunUPSCommand('lab', 'load.off', back)));
  // it has no function for LOGIN, only the one that sends anything
  const login = await new Promise((resolve) => nut.send('LOGIN lab', resolve));
  nut.status = 'idle';
  console.log('login', login.trim());
  await closed(nut);
  const stranger = await known('wrong');
  console.log('refused', await done((back) => stranger.SetRWVar('lab', 'ups.id', 'nowhere', back)));
  await closed(stranger);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
