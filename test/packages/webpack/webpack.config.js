const { join } = require('node:path')

module.exports = {
  mode: 'production',
  output: { path: join(__dirname, 'public/dist'), publicPath: '/dist/' },
}
