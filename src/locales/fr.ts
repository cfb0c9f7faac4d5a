import type { Locale } from '../types'

export const locale: Locale = {
  lang: 'fr',
  texts: {
    title: 'Nous utilisons des cookies',
    intro:
      'Certains sont nécessaires au fonctionnement de ce site. Les autres sont facultatifs et c’est vous qui décidez. Vous pouvez modifier votre choix à tout moment.',
    policy: 'Politique de confidentialité',
    accept: 'Tout accepter',
    reject: 'Tout refuser',
    settings: 'Paramètres',
    save: 'Enregistrer mes choix',
    close: 'Fermer',
    preferencesTitle: 'Vos paramètres de cookies',
    preferencesIntro:
      'Autorisez ce qui vous convient, refusez ce que vous ne voulez pas. Le site fonctionne dans les deux cas.',
    reloads: 'Si vous retirez votre accord pour un élément en cours d’utilisation, cette page se recharge.',
    alwaysOn: 'Toujours actifs',
    unlessRefused: 'Actifs sauf refus',
    services: 'Services ({n})',
    stores: 'Enregistre : {names}',
    saved: 'Votre choix a été enregistré.',
    heldTitle: 'Non chargé : {name}',
    heldText: 'Ce contenu peut déposer des cookies que vous n’avez pas autorisés ({names}).',
    once: 'Charger une fois',
    always: 'Toujours autoriser',
    necessary: 'Nécessaires',
    necessaryText:
      'Ils sont nécessaires au fonctionnement du site, par exemple pour maintenir votre connexion ou mémoriser ce choix.',
    functional: 'Fonctionnels',
    functionalText:
      'Ils apportent des fonctions et un confort supplémentaires, comme les cartes, la discussion en ligne ou les réglages mémorisés.',
    performance: 'Performance',
    performanceText:
      'Ils nous montrent quelles pages sont consultées et où quelque chose ne fonctionne pas, afin que nous puissions les améliorer.',
    marketing: 'Marketing',
    marketingText:
      'Ils nous permettent, ainsi qu’à nos partenaires, de vous présenter des offres adaptées à vos centres d’intérêt et d’intégrer des vidéos et des publications.',
    choice: 'Votre choix',
    decided: 'Effectué le {date}.',
    undecided: 'Vous n’avez pas encore fait de choix.',
    reference: 'Référence : {id}',
    allowed: 'Autorisé',
    refused: 'Non autorisé',
    change: 'Modifier',
    withdraw: 'Retirer mon consentement',
    service: 'Service',
    provider: 'Fournisseur',
    purpose: 'Finalité',
    stored: 'Ce qui est enregistré',
    lifetime: 'Durée',
    session: 'Jusqu’à la fermeture du navigateur ou de l’onglet',
    lasting: 'Jusqu’à la suppression',
    ownPurpose: 'Mémorise ce choix.',
  },
}
