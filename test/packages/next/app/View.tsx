import Link from 'next/link'

/** What both pages of both layouts hold. */
export const View = ({ name, second }: { name: string; second?: string }) => (
  <main>
    <p id="view">{name}</p>
    <script suppressHydrationWarning type="text/plain" data-consent="marketing" src={`/${name}.js`} />
    <iframe suppressHydrationWarning title="Film" data-consent="marketing" data-src="/film.html" />
    {second && (
      <Link id="second" href={second}>
        Second
      </Link>
    )}
    <button type="button" data-consent-open>
      Cookie settings
    </button>
  </main>
)
