/** All that the page says, by area. English has the same keys: a missing one is a type error. */
export const fr = {
  shell: {
    skip: 'Aller au contenu',
    logOut: 'Se déconnecter',
    loading: 'Chargement…',
    notFound: 'Cette page n’existe pas',
    home: 'Revenir à mon mois',
    failed: 'Cela n’a pas fonctionné',
    retry: 'Réessayer',
    quote: (id: string) => `Si cela recommence, donnez ce numéro à votre coopérative : ${id}`,
  },
  logIn: {
    title: 'Se connecter',
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    code: 'Code de votre application d’authentification',
    submit: 'Se connecter',
    submitting: 'Connexion…',
    refused: 'Cette adresse et ce mot de passe ne vont pas ensemble.',
    codeRefused: 'Ce code n’est pas le bon. Attendez le suivant et réessayez.',
    paused: (seconds: number) =>
      `Trop d’essais : réessayez dans ${seconds} secondes. Là où vous êtes connecté, vous le restez.`,
  },
  month: {
    title: 'Mon mois',
    before: 'Mois précédent',
    after: 'Mois suivant',
    point: 'Compteur',
    local: 'de votre électricité est locale',
    ofAll: (shared: string, all: string) => `${shared} locaux sur ${all}`,
    provisional: 'provisoire',
    definitive: 'définitif',
    running: 'en cours',
    noPoint: 'Vous n’avez pas encore de compteur dans une opération.',
    noData: 'Aucune donnée pour ce mois. Elles arrivent en général un ou deux jours après.',
    nobodysMonth:
      'Votre compte n’est pas celui d’un membre : il n’a pas de consommation à montrer.',
    daysMissing: (days: number) =>
      days === 1 ? '1 jour n’est pas encore réparti' : `${days} jours ne sont pas encore répartis`,
    picture: 'Votre mois, jour par jour et heure par heure',
    pictureHelp:
      'Une ligne par jour, de minuit à minuit. Plus une case est intense, plus vous avez consommé : en orange ce qui était local, en bleu le reste.',
    sun: 'Quand le soleil produit, en moyenne',
    sunWithheld: 'La production n’est pas montrée : elle dirait ce que produit un foyer.',
    asTable: 'Voir en tableau',
    asPicture: 'Voir en image',
    day: 'Jour',
    used: 'Consommé',
    shared: 'Local',
    rest: 'Du réseau',
    notShared: 'pas encore réparti',
    legendLocal: 'local',
    legendGrid: 'du réseau',
  },
};

export type Messages = typeof fr;
