// Have the browsers that the tests run in, as far as they can be had.
import { requireChromium } from '../chromium.mjs'
import { wantFirefox } from '../firefox.mjs'
import { wantWebKit } from '../webkit/webdriver.mjs'

requireChromium()
wantFirefox()
wantWebKit()
