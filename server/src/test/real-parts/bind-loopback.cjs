// Keeps a server that would listen on every interface on 127.0.0.1, and tells on which port it listens, so that port 0
// can be asked for. Used as: node --require ./bind-loopback.cjs server.js
const { Server } = require('node:net');

const HOST = '127.0.0.1';
const listen = Server.prototype.listen;

Server.prototype.listen = function (...args) {
  const [first] = args;
  const ready = args.find((argument) => typeof argument === 'function');
  let where;
  if (typeof first === 'object' && first !== null && 'port' in first) {
    where = { ...first, host: HOST };
  } else if (/^\d+$/.test(String(first))) {
    where = { port: Number(first), host: HOST };
  } else {
    return listen.apply(this, args);
  }
  this.once('listening', () => console.error(`listening on http://${HOST}:${this.address().port}`));
  return ready ? listen.call(this, where, ready) : listen.call(this, where);
};
