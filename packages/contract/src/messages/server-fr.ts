/** What the server says in English only, as it says it, in French. */
export const FRENCH: Readonly<Record<string, string>> = {
  // What is wrong with something entered.
  'one effect at least is needed': 'il faut au moins un incident',
  'the shares of orders are 100 together at most, and those of events':
    'les parts des commandes font 100 en tout au plus, et celles des événements aussi',
  'never sent: chaos has the supplier out of order': 'jamais envoyé : un incident a mis le fournisseur en panne',
  'it is too easy to guess': 'trop facile à deviner',
  'it is wrong': 'ce n’est pas le bon',
  'must be integer': 'il faut un nombre entier',
  'openid is needed': 'il faut openid',
  'it belongs to the operator': 'il appartient à l’opérateur',
  'it belongs to a distributor': 'il appartient à un distributeur',
  'it is no URL': 'ce n’est pas une adresse',
  'an https URL is needed': 'il faut une adresse en https',
  'a public address is needed': 'il faut une adresse publique',
  'a name and password have no place in it': 'elle ne peut contenir ni nom ni mot de passe',
  'plain text is needed': 'il faut du texte simple',
  'the price would be too large': 'le prix serait trop grand',
  'it is before startDate': 'elle est avant le début',
  'less than six months after startDate is needed': 'il faut moins de six mois après le début',
  'this is a private key, which must never be sent. It was not kept; make a new pair of keys':
    'c’est une clé privée, qui ne doit jamais être envoyée. Elle n’a pas été gardée ; créez une nouvelle paire de clés',
  'this is a certificate; the public key alone is needed': 'c’est un certificat ; seule la clé publique est demandée',
  'there is more than one key': 'il y a plus d’une clé',
  'the PEM block cannot be read': 'le bloc PEM ne peut pas être lu',
  // What is wrong with a row of an import.
  'more cells than there are columns': 'plus de cellules que de colonnes',
  'it is needed': 'à remplir',
  'it never changes: sales were made with it': 'ne change jamais : des ventes en dépendent',
  'there is no such field': 'ce champ n’existe pas',
  'there is no such distributor': 'ce distributeur n’existe pas',
  'there is no such product': 'ce produit n’existe pas',
  'there is no such supplier': 'ce fournisseur n’existe pas',
  'there is no such currency': 'cette devise n’existe pas',
  'it is not listed': 'absent du catalogue',
  'it has one already': 'il en a déjà un',
  'an eSIM has none': 'une eSIM n’en a pas',
  'msisdn or simId is needed': 'il faut msisdn ou simId',
  'an instant from 1970 to 9999 is needed': 'il faut un instant de 1970 à 9999',
  '0 changes nothing': '0 ne change rien',
  // What is wrong with a supplier's file, and why it could not be compared.
  'there is no such column': 'cette colonne n’existe pas',
  'there are no rows': 'il n’y a aucune ligne',
  'it is missing': 'à remplir',
  'the file is empty': 'le fichier est vide',
  'the file is neither text nor an Excel workbook': 'le fichier n’est ni du texte ni un classeur Excel',
  'the file is no Excel workbook (.xlsx), or a broken one':
    'le fichier n’est pas un classeur Excel (.xlsx), ou il est endommagé',
  'sales keep the rate of their order: now or later is needed':
    'les ventes gardent le taux de leur commande : il faut maintenant ou plus tard',
  'neither a reference nor a line': 'ni référence ni numéro',
  'none of its rows is a sale of these days': 'aucune de ses lignes n’est une vente de ces jours',
  'days that have begun are needed': 'il faut des jours qui ont commencé',
  'days that have begun, and that it still lists': 'il faut des jours qui ont commencé, et qu’il liste encore',
  'a moment that has passed is needed': 'il faut un moment passé',
  'a name as in Europe/Paris is needed': 'il faut un nom comme Europe/Paris',
  'the sale was delivered by another order of the supplier; compare again':
    'la vente a été livrée par une autre commande du fournisseur ; comparez à nouveau',
  'one offer fits': 'une seule offre convient',
  'its secrets do not open': 'ses secrets ne s’ouvrent pas',
  'it has taken too long': 'cela a pris trop de temps',
  'the server has failed': 'le serveur a échoué',
  'the server has stopped meanwhile': 'le serveur s’est arrêté entre-temps',
  // Why nobody knows what became of a sale, and why something could not be delivered.
  'withdrawn before it was sent': 'retirée avant d’être envoyée',
  'the supplier has no connector any more': 'le fournisseur n’est plus raccordé',
  'the supplier cannot be asked': 'le fournisseur ne peut pas être interrogé',
  'the secrets of the supplier do not open': 'les secrets du fournisseur ne s’ouvrent pas',
  'the supplier does not know it yet': 'le fournisseur ne la connaît pas encore',
  'no answer': 'pas de réponse',
  'no answer (delivered)': 'pas de réponse (livrée)',
  'no answer (not delivered)': 'pas de réponse (pas livrée)',
  'no answer (no proof either way)': 'pas de réponse (aucune preuve)',
  'no answer (a callback follows)': 'pas de réponse (le fournisseur rappellera)',
  'the host has no address': 'ce serveur n’a pas d’adresse',
  'there is nothing set up to send it by': 'rien n’est installé pour l’envoyer',
  'the address of the chat does not open': 'l’adresse de la messagerie ne s’ouvre pas',
  'the server ended while it was sent': 'le serveur s’est arrêté pendant l’envoi',
  'the host is not at a public address': 'ce serveur n’est pas à une adresse publique',
  // What the simulator does.
  'the supplier does not know the line': 'le fournisseur ne connaît pas la ligne',
  'the line is barred': 'la ligne est bloquée',
  'the line was recharged a moment ago': 'la ligne vient d’être rechargée',
  "the line's recharge limit is reached": 'le plafond de recharge de la ligne est atteint',
  'the supplier is out of order': 'le fournisseur est en panne',
  'success, after 3 seconds': 'réussite, après 3 secondes',
  'no answer, though it was delivered': 'pas de réponse, bien que ce soit livré',
  'no answer, and it was not delivered': 'pas de réponse, et ce n’est pas livré',
  'no answer, and no proof either way': 'pas de réponse, et aucune preuve',
  'no answer; after 2 seconds the supplier calls back: delivered':
    'pas de réponse ; le fournisseur rappelle après 2 secondes : livré',
  'no answer; after 2 seconds the supplier calls back: the line is barred':
    'pas de réponse ; le fournisseur rappelle après 2 secondes : la ligne est bloquée',
  'success, and the supplier calls back twice': 'réussite, et le fournisseur rappelle deux fois',
  'success, and then the supplier calls back that it was not delivered: the sale stands, an alert is raised':
    'réussite, puis le fournisseur rappelle que ce n’est pas livré : la vente reste, une alerte est donnée',
  'success, and then the supplier calls back that there is news; asked, it says that it was not delivered: an alert is raised':
    'réussite, puis le fournisseur rappelle qu’il y a du nouveau ; interrogé, il dit que ce n’est pas livré : une alerte est donnée',
  // What the calls of the wire do.
  'Whether the server is alive': 'Si le serveur répond',
  'The countries, with calling code and flag': 'Les pays, avec leur indicatif et leur drapeau',
  'The currencies, with their last known rates': 'Les devises, avec leurs derniers cours connus',
  'What you may sell, at which price, and how many units are left':
    'Ce que vous pouvez vendre, à quel prix, et combien d’unités il reste',
  'One offer': 'Une offre',
  'Changes your name, fee and metadata of an offer': 'Change votre nom, votre marge et vos données d’une offre',
  'Sells a top-up or an eSIM': 'Vend une recharge ou une eSIM',
  'What the transactions that the same filters let through add up to':
    'Les totaux des transactions que les mêmes filtres laissent passer',
  'Takes care of a pending transaction, so that nobody else does':
    'S’occupe d’une transaction en attente, pour que personne d’autre ne le fasse',
  'Hands a pending transaction back that you take care of': 'Rend une transaction en attente dont vous vous occupez',
  'Your transactions, newest first': 'Vos transactions, les plus récentes d’abord',
  'How many transactions the same filters let through': 'Combien de transactions passent ces filtres',
  'One transaction': 'Une transaction',
  'The suppliers of your offers': 'Les fournisseurs de vos offres',
  'How a SIM stands': 'L’état d’une SIM',
  'What is left on a SIM': 'Ce qui reste sur une SIM',
  'What all your SIMs consumed, by zone': 'Ce que toutes vos SIM ont consommé, par zone',
  'The key under which activation codes are encrypted for you':
    'La clé sous laquelle les codes d’activation sont chiffrés pour vous',
  'Sets your key; it replaces the one before for good':
    'Met en place votre clé ; elle remplace la précédente pour toujours',
  // What can be given to them.
  "Exact to the currency's minor unit; as a percentage, with at most four digits behind the point":
    'Exacte au centime de la devise ; en pourcentage, avec quatre décimales au plus',
  "The distributor's own reference, free text; with a session, the account's id unless told":
    'Votre propre référence, en texte libre ; avec une session, l’identifiant du compte par défaut',
  'The number to recharge, national or international': 'Le numéro à recharger, national ou international',
  'The serial of the SIM (Welcome Travelers)': 'Le numéro de série de la SIM (Welcome Travelers)',
  'Added: the most that resell_value may be; above it, nothing is sold (`price_changed`)':
    'Ajouté : le plus que resell_value peut valoir ; au-dessus, rien n’est vendu (`price_changed`)',
  'Added: sells nothing where the number is certain to be in another network than the offer is for (`wrong_network`); where no supplier can tell for certain, it is sold':
    'Ajouté : ne vend rien si le numéro est à coup sûr sur un autre réseau que celui de l’offre (`wrong_network`) ; si aucun fournisseur ne peut le dire à coup sûr, la vente a lieu',
  'Added: what becomes of the order where no unit is left. `park`: it waits for one until `park_until`, and is answered with `created`; it is refused unless told':
    'Ajouté : ce que devient la commande s’il ne reste aucune unité. `park` : elle en attend une jusqu’à `park_until`, et la réponse est `created` ; elle est refusée par défaut',
  'Added: how long a parked order waits, 7 days at most; then it ends as refused (`bucket_empty`)':
    'Ajouté : jusqu’à quand attend une commande en attente, 7 jours au plus ; elle finit ensuite refusée (`bucket_empty`)',
  'Added: sells although the repeat guard of the distributor would refuse':
    'Ajouté : vend même si votre protection contre les répétitions le refuserait',
  'By e-mail to this address': 'Par e-mail à cette adresse',
  'By SMS to the number that is recharged': 'Par SMS au numéro rechargé',
  'That of the Accept-Language unless told': 'Celle de Accept-Language par défaut',
  'Added: the same key and body get the first answer again':
    'Ajouté : la même clé avec le même corps redonne la première réponse',
  '100 where it is not given; as CSV or Excel workbook, no limit':
    '100 par défaut ; en CSV ou en classeur Excel, sans limite',
  'Added: who reads the CSV. Excel is given a byte order mark, the separators of cells and decimals of the language in `Accept-Language`, and numbers and serials as text':
    'Ajouté : qui lit le CSV. Excel reçoit une marque d’ordre des octets, les séparateurs de la langue de `Accept-Language`, et les numéros comme du texte',
  'Added: only what is older than this transaction': 'Ajouté : seulement ce qui précède cette transaction',
  'A UTC day or an instant (RFC 3339): created then or later':
    'Un jour UTC ou un instant (RFC 3339) : créées alors ou après',
  'A UTC day, included whole, or an instant: created then or before':
    'Un jour UTC, compris en entier, ou un instant : créées alors ou avant',
  'The user_id given with the order': 'Le user_id donné avec la commande',
  'Added: the last digits of the line, three at least. Looks at the last 31 days of the period; not for roles that are shown lines masked':
    'Ajouté : les derniers chiffres de la ligne, trois au moins. Porte sur les 31 derniers jours de la période ; pas pour les rôles qui voient les lignes masquées',
  'Added: the voucher_id given with the order. Looks at the last 31 days of the period':
    'Ajouté : le voucher_id donné avec la commande. Porte sur les 31 derniers jours de la période',
  'Added: the number that was recharged, or the serial of the SIM, however it is written':
    'Ajouté : le numéro rechargé, ou le numéro de série de la SIM, de quelque façon qu’il soit écrit',
  'The transaction that sold the eSIM or recharged the line': 'La transaction qui a vendu l’eSIM ou rechargé la ligne',
  "The SIM's serial (Welcome Travelers only)": 'Le numéro de série de la SIM (Welcome Travelers uniquement)',
  'The first day, or an instant (RFC 3339)': 'Le premier jour, ou un instant (RFC 3339)',
  'The last day, included, or an instant': 'Le dernier jour, compris, ou un instant',
  'How public_key_value is written in the answer; plain PEM without':
    'L’écriture de public_key_value ; du PEM tel quel par défaut',
};

/** The same with numbers and names in it. */
export const FRENCH_WITH: readonly (readonly [RegExp, string])[] = [
  [/^access denied: this token is for live: use it below (\S+)$/, 'ce jeton est pour le réel : employez-le sous $1'],
  [
    /^access denied: this token is for sandbox: use it below (\S+)$/,
    'ce jeton est pour le bac à sable : employez-le sous $1',
  ],
  [
    /^this client has no (live|sandbox) world: use a client of that one, or the console$/,
    'ce client n’a pas de monde $1 : prenez un client de celui-là, ou la console',
  ],
  [/^braces are for (.*)$/, 'les accolades sont pour $1'],
  [/^(.*) is not exact to the minor unit$/, '$1 a trop de décimales'],
  [/^as a percentage, (.*) has more than (\d+) digits behind the point$/, 'en pourcentage, $1 a plus de $2 décimales'],
  [/^(\d+) characters at most$/, '$1 caractères au plus'],
  [/^must be >= (\S+)$/, '$1 au moins'],
  [/^must be <= (\S+)$/, '$1 au plus'],
  [/^must not have fewer than (\d+) characters$/, 'il faut au moins $1 caractères'],
  [/^must not have more than (\d+) characters$/, '$1 caractères au plus'],
  [/^an RSA key is needed, this one is (.*)$/, 'il faut une clé RSA, celle-ci est $1'],
  [/^no PEM block BEGIN PUBLIC KEY was found.*$/, 'il n’y a pas de bloc PEM BEGIN PUBLIC KEY'],
  [/^no answer within (\d+) seconds$/, 'pas de réponse en $1 secondes'],
  [/^it was answered (\d+)$/, 'réponse $1'],
  [/^answered (\d+)$/, 'réponse $1'],
  [/^from (\S+) to (\S+) ([A-Z]{3}) is needed$/, 'il faut de $1 à $2 $3'],
  [/^answered (\d+) \((.+)\)$/, 'réponse $1 ($2)'],
  [/^no answer \(([A-Z][A-Z_0-9 ]*)\)$/, 'pas de réponse ($1)'],
  [/^it is not exact in ([A-Z]{3})$/, 'trop de décimales pour $1'],
  [/^the same as in line (\d+)$/, 'comme à la ligne $1'],
  [/^a quotation mark stands where none may be, in line (\d+)$/, 'un guillemet est mal placé, à la ligne $1'],
  [
    /^a quotation mark is never closed; the text after it ends in line (\d+)$/,
    'un guillemet n’est jamais fermé ; le texte qui le suit finit à la ligne $1',
  ],
  [/^column (.*) is there twice$/, 'la colonne $1 figure deux fois'],
  [/^(\d+) decimals at most$/, '$1 décimales au plus'],
  [/^(.*) has lost its digits: the column has to be text$/, '$1 a perdu ses chiffres : la colonne doit être du texte'],
  [/^(.*) is no time$/, '$1 n’est ni une date ni une heure'],
  [/^(.*) is no amount$/, '$1 n’est pas un montant'],
  [/^(.*) is no currency$/, '$1 n’est pas une devise'],
  [/^what (.*) means is not said$/, 'on ne sait pas ce que veut dire $1'],
  [
    /^nothing of (\S+), when (\d+) were sold here: is it the whole file\?$/,
    'rien du $1, où $2 ont été vendues ici : est-ce le fichier entier ?',
  ],
  [/^it names (\d+) sales of other suppliers$/, 'il nomme $1 ventes d’autres fournisseurs'],
  [
    /^in ([A-Z]{3}); sales of these days were charged in ([A-Z, ]+)$/,
    'en $1 ; les ventes de ces jours ont été facturées en $2',
  ],
  [
    /^the justification has to name what is not covered: (.*)$/,
    'la justification doit nommer ce qui n’est pas couvert : $1',
  ],
  [/^more than (\d+) differences$/, 'plus de $1 écarts'],
  [/^it lists more than (\d+) transactions$/, 'il liste plus de $1 transactions'],
  [/^(?:offer|supplier|product|distributor) (\S+) not found$/, '$1 n’existe pas'],
  [/^([A-Z][A-Z_0-9]+)$/, '$1'],
];
