/** `fast-string-width` for packages that ask for `string-width` with `require`: see bundle-command.mjs. */
module.exports = require("fast-string-width").default;
