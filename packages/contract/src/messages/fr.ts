import type { Sentences } from './sentences.ts';

/** The sentences for end customers in French. */
export const customerFrench: Sentences = {
  not_done: "La recharge n'a pas pu être faite. Rien ne vous a été débité. Réessayez ou adressez-vous au vendeur.",
  not_now: "Le service de recharge est momentanément indisponible. Rien n'a été fait. Réessayez dans un instant.",
  not_offered: "Cette recharge n'est pas en vente actuellement. Veuillez en choisir une autre.",
  check_number: "Ce numéro n'est pas valable pour cette recharge. Veuillez le vérifier.",

  not_a_number: "Ce n'est pas un numéro de téléphone. Veuillez le vérifier.",
  too_short: "Ce numéro n'est pas complet : il manque des chiffres. Veuillez le vérifier.",
  too_long: 'Ce numéro a trop de chiffres. Veuillez le vérifier.',
  other_country:
    "Ce numéro est celui d'un autre pays ou territoire : {countries}. Veuillez choisir une recharge qui y est valable.",
  elsewhere: "Ce numéro n'est pas du pays de cette recharge. Veuillez le vérifier.",
  not_mobile: "Ce n'est pas un numéro mobile. Veuillez donner un numéro mobile.",
  number_missing: 'Le numéro à recharger manque.',
  serial_not_digits: "Le numéro de série d'une carte SIM n'a que des chiffres. Veuillez le vérifier.",
  serial_too_short:
    "Le numéro de série de la carte SIM n'est pas complet : il manque des chiffres. Veuillez le vérifier.",
  serial_too_long: 'Le numéro de série de la carte SIM a trop de chiffres. Veuillez le vérifier.',
  serial_check_digit:
    "Le numéro de série de la carte SIM n'est pas bon : un chiffre est faux, manque ou est de trop. Veuillez le vérifier.",
  serial_missing: 'Le numéro de série de la carte SIM manque.',
  line_not_taken: 'Une eSIM a son propre numéro : aucun ne peut être donné.',

  ok: 'La recharge a été effectuée.',
  pending: 'La recharge est en cours de traitement. Ne la commandez pas à nouveau : le résultat sera affiché ici.',
  pin_ok: 'Votre code de recharge est prêt. Saisissez-le sur votre téléphone : la recharge n’est faite qu’ensuite.',
  esim_ok: 'Votre eSIM est prête à être installée.',
  esim_pending: 'Votre eSIM est en cours de préparation. Ne la commandez pas à nouveau : elle vous sera remise ici.',
  parked: 'Cette recharge est épuisée pour le moment. Votre commande est en attente : ne la passez pas à nouveau.',
  bucket_empty: "Cette recharge est épuisée pour l'instant. Rien ne vous a été débité. Veuillez en choisir une autre.",
  line_unknown: "L'opérateur ne connaît pas ce numéro. Rien ne vous a été débité. Veuillez vérifier le numéro.",
  line_barred:
    "L'opérateur n'accepte pas de recharge sur cette ligne. Rien ne vous a été débité. Contactez l'opérateur.",
  recently_recharged:
    "Cette ligne vient d'être rechargée. Rien ne vous a été débité en plus. Patientez avant une autre recharge.",
  limit_exceeded: "Cette ligne a atteint le plafond de recharge de l'opérateur. Rien ne vous a été débité.",
  supplier_unavailable: "L'opérateur est injoignable pour le moment. Rien ne vous a été débité. Réessayez plus tard.",
  supplier_out_of_stock:
    "Cette recharge est épuisée pour l'instant. Rien ne vous a été débité. Veuillez en choisir une autre.",
  supplier_refused: "L'opérateur a refusé cette recharge. Rien ne vous a été débité.",
  not_delivered: "La recharge n'est pas arrivée. Rien ne vous a été débité. Vous pouvez la commander à nouveau.",
  expired: "La recharge n'a pas pu être confirmée et a été annulée. Adressez-vous au vendeur avant de recommander.",
  reversed: 'Cette recharge a été annulée. Adressez-vous au vendeur pour ce que vous avez payé.',
  price_changed: 'Le prix de cette recharge a changé. Rien ne vous a été débité. Adressez-vous au vendeur.',
  wrong_network: 'Ce numéro est sur un autre réseau que celui de cette recharge. Rien ne vous a été débité.',
  line_limit_reached:
    'Cette ligne a été rechargée autant de fois que permis pour une journée. Rien ne vous a été débité.',
  user_limit_reached: 'Vous avez atteint le nombre de recharges permis pour une heure. Rien ne vous a été débité.',
  order_cancelled: 'Votre commande a été annulée. Rien ne vous a été débité.',
  idempotency_in_progress: 'La recharge est déjà en cours de traitement. Veuillez attendre le résultat.',
  not_supported: "Cette information n'est pas disponible pour cette ligne.",
  sim_unknown: "L'opérateur ne connaît pas cette carte SIM. Veuillez vérifier son numéro.",
  supplier_silent: "L'opérateur ne répond pas pour le moment. Réessayez plus tard.",
  service_unavailable:
    "Il n'est pas certain que la recharge a été faite. Ne la redemandez pas : le vendeur peut le vérifier.",
  internal_error: 'Une erreur est survenue de notre côté. Adressez-vous au vendeur avant de commander à nouveau.',
};
