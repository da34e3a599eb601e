package app

import "fieldbook/data"

// importWordsAbroad are the names of columns in German, French, Spanish,
// Portuguese, Dutch and Italian, folded.
var importWordsAbroad = map[string]map[string]string{
	data.KindDeal: {
		"external_id": "verkaufschancennummer dealid idderegistro iddefiche iddoregistro idrecord datensatzid recordid opportunitynr nummer nr numero identifiant identificador identificativo kennung geschaftid",
		"name": "verkaufschance verkaufschancenname geschaft geschaftsname dealname dealtitel opportunite nomdelopportunite affaire nomdelaffaire intitule oportunidad nombredelaoportunidad nombredelnegocio negocio " +
			"oportunidade nomedaoportunidade nomedonegocio opportunita nomeopportunita nomedellopportunita trattativa verkoopkans naamverkoopkans dealnaam bezeichnung thema titel titre titulo titolo betreff nom nombre nome naam projekt",
		"account": "firma firmenname unternehmen kunde kundenname konto kontoname accountnaam compte nomducompte client entreprise societe nomdelasociete nomdelentreprise cuenta nombredelacuenta cliente empresa nombredelaempresa " +
			"conta empresaasociada empresaassociada entrepriseassociee mandantnamedeskontakts zugehorigesunternehmen nomedaconta nomedaempresa azienda nomeazienda ragionesociale account nomeaccount bedrijf bedrijfsnaam klant klantnaam organisatie organizacion organizacao organizzazione organisation",
		"owner": "inhaber besitzer verantwortlich verantwortlicher zustandig zustandiger vertriebsmitarbeiter dealinhaber verkaufercode vertriebler verkaufer mitarbeiter bearbeiter betreuer proprietaire proprietairedelopportunite commercial responsable vendeur attribuea assignea " +
			"propietario propietariodelaoportunidad vendedor comercial asignadoa proprietario proprietariodaoportunidade responsavel atribuidoa titolare proprietarioopportunita venditore responsabile assegnatoa eigenaar verkoper verantwoordelijke toegewezenaan dealeigenaar",
		"contact": "ansprechpartner kontakt kontaktperson hauptkontakt contactprincipal interlocuteur contacto contactoprincipal contato contatoprincipal contatto contattoprincipale contactpersoon kontaktname contatos contactos contattoassociato contactoasociado contatoassociado contactassocie",
		"product": "produkt produit producto produto prodotto artikel",
		"stage":   "phase stufe verkaufsphase vertriebsphase etape etapedevente stade etapa etapadeventa fase fasedeventa fasedevenda faseditrattativa fasedivendita verkoopfase estagio estagiodavenda estadio stadio dealphase dealfase dealstufe",
		"close_day": "abschlussdatum abschluss geplanterabschluss erwarteterabschluss voraussichtlichesabschlussdatum voraussichtlabschlussdatum erwarteterabschlusstag erwartetesabschlussdatum abschlusstermin schlussdatum datedecloture datedefermeture dateclotureprevue dateprevuedecloture " +
			"datedeclotureprevue dateprevisionnelledecloture fechadecierre fechacierre fechaprevistadecierre fechadecierreprevista fechaestimadadecierre datadefechamento datafechamento previsaodefechamento dataprevistadefechamento dataprevista datadichiusura datachiusura datachiusuraprevista " +
			"datadichiusuraprevista afsluitdatum sluitingsdatum verwachtesluitdatum verwachtesluitingsdatum verwachteafsluitdatum sluitdatum",
		"loss_reason": "verlustgrund grundfurverlust ablehnungsgrund raisondelaperte raisondeperte motifdeperte motivodeperdida motivodeperda motivodecierreperdido motivoperdida motivodaperda motivodelaperdida razondeperdida motivoperdita motivodellaperdita redenverlies redenvanverlies verliesreden redenweigering grunddesverlusts",
		"amount": "betrag wert auftragswert geschaftswert volumen umsatz auftragssumme summe erwarteterumsatz geschatzterumsatz angebotssumme geschatzterwert geschatzterwertmw dealwert dealbetrag montant valeur montantdelaffaire montantestime chiffredaffaires ca importe monto valor valordelnegocio " +
			"valorestimado ingresos valordonegocio valortotal valorunico receita importo valore valoretrattativa importoprevisto ricavi bedrag waarde dealwaarde dealbedrag omzet verwachteomzet",
		"currency":       "wahrung devise monnaie moneda divisa moeda valuta munteenheid valutacode wahrungscode",
		"category":       "prognosekategorie categoriedeprevision categoriadeprevision categoriadeprevisao categoriaprevisione",
		"created_day":    "erstelltam erstellt erstelldatum erstellungsdatum angelegtam anlagedatum eroffnetam dealerstellt errichtungsdatum datedecreation creele creeele cree fechadecreacion creadoel fechacreacion creado datadecriacao criadoem datacriacao datadicreazione datacreazione creatoil aangemaaktop aanmaakdatum gemaaktop",
		"next_step":      "nachsterschritt nachsteaktion prochaineetape prochaineaction proximopaso siguientepaso proximaetapa proximopasso prossimopasso prossimaazione volgendestap",
		"next_step_day":  "wiedervorlage wiedervorlageam",
		"competitor":     "wettbewerber mitbewerber concurrent competidor concorrente concurrenten",
		"source":         "quelle leadquelle herkunft originedupiste origine source fuente origen fuentedelprospecto origem origemdolead fonte fonteleads bron leadbron herkomst",
		"note":           "notiz notizen bemerkung bemerkungen beschreibung kommentar remarque remarques commentaire commentaires descripcion notas observaciones comentarios descricao observacoes descrizione commenti opmerkingen omschrijving notities",
		FieldStatus:      "zustand statut estado situacion situacao stato estatus",
		FieldPipeline:    "vertriebspipeline pipelinedevente embudo funildevendas pipelinevendite verkooppijplijn pijplijn",
		FieldProbability: "wahrscheinlichkeit abschlusswahrscheinlichkeit erfolgswahrscheinlichkeit probabilite probabilitedereussite probabilidad probabilidade probabilita waarschijnlijkheid slagingskans kans erfolgschancen",
		FieldWonDay:      "gewonnenam dategagne fechadeganancia ganadoel ganhoem vintoil gewonnenop", FieldLostDay: "verlorenam perdule perdidoel perdidoem persoil verlorenop",
		FieldClosedDay: "abgeschlossenam geschlossenam tatsachlichesabschlussdatum clotureele closle cerradoel fechadecierrereal fechadoem fechamentoreal chiusoil geslotenop afgeslotenop",
		FieldActual:    "tatsachlicherumsatz istumsatz revenureel revenuereel ingresosreales ricavoeffettivo werkelijkeomzet",
	},
	data.KindAccount: {
		"name":      "firma firmenname unternehmen kunde kundenname nomducompte entreprise societe raisonsociale nomdelentreprise cuenta empresa nombredelaempresa cliente conta azienda ragionesociale bedrijf bedrijfsnaam klant organisatie organizacion nom nombre nome naam",
		"industry":  "branche secteur secteurdactivite sector industria setor settore bedrijfstak",
		"parent":    "muttergesellschaft ubergeordnetefirma maisonmere comptemere empresamatriz capogruppo moederbedrijf",
		"owner":     "inhaber besitzer verantwortlich verantwortlicher betreuer proprietaire responsable commercial propietario vendedor proprietario responsavel titolare responsabile eigenaar",
		"territory": "gebiet vertriebsgebiet territoire secteurcommercial territorio zona gebied regio",
		"address":   "strasse anschrift adresse rue direccion calle endereco rua indirizzo via adres straat", "city": "ort stadt ville ciudad cidade citta plaats stad woonplaats comune", "state": "bundesland kanton departement provincia estado regione provincie",
		"postal_code": "plz postleitzahl codepostal codigopostal cep cap codicepostale postcode", "country": "land staat pays pais paese nazione",
		"employees": "mitarbeiterzahl anzahlmitarbeiter mitarbeiter effectif nombredesalaries empleados numerodeempleados funcionarios numerodefuncionarios dipendenti numerodipendenti medewerkers aantalmedewerkers",
		"revenue":   "umsatz jahresumsatz chiffredaffaires ca ingresos facturacion faturamento receitaanual fatturato omzet jaaromzet", "founded": "gegrundet grundungsjahr anneedecreation fundacion fundada annodifondazione opgericht",
		"website": "webseite internet siteweb siteinternet sitioweb paginaweb site sitoweb", "phone": "telefon telefonnummer telephone telefono telefone telefoon tel",
		"note": "notiz notizen bemerkung beschreibung remarque commentaire descripcion notas descricao observacoes descrizione opmerkingen", "latitude": "breitengrad latitud latitudine breedtegraad", "longitude": "langengrad longitud longitudine lengtegraad",
	},
	data.KindContact: {
		"name": "ansprechpartner kontakt contacto contato contatto contactpersoon nomcomplet nombrecompleto nomecompleto volledigenaam", FieldFirstName: "vorname prenom nombre nombredepila nome voornaam", FieldLastName: "nachname nomdefamille nom apellido apellidos sobrenome cognome achternaam",
		"account": "firma firmenname unternehmen entreprise societe compte empresa cuenta conta azienda bedrijf organisatie organizacion", "title": "funktion stelle fonction poste cargo puesto posizione ruolo functie",
		"external_id": "personalnummer mitarbeiternummer matricule numerodeempleado matricula matricola personeelsnummer",
		"email":       "emailadresse courriel adresseemail correo correoelectronico mailadresse adresseelectronique posta", "phone": "telefon telefonnummer mobil handy telephone portable telefono movil celular telefone cellulare telefoon mobiel",
		"note": "notiz notizen bemerkung remarque commentaire notas observaciones observacoes opmerkingen",
	},
	data.KindPerson: {
		"name": "mitarbeiter vertriebler verkaufer aussendienst commercial vendeur vendedor comercial venditore verkoper medewerker nomcomplet nombrecompleto", FieldFirstName: "vorname prenom nombre nome voornaam", FieldLastName: "nachname nomdefamille nom apellido apellidos sobrenome cognome achternaam",
		"email": "emailadresse courriel adresseemail correo correoelectronico", "phone": "telefon mobil handy telephone telefono telefone telefoon",
		"manager": "vorgesetzter leiter teamleiter superieur responsable manager gerente jefe gestor responsabile leidinggevende", "title": "funktion stelle fonction poste cargo puesto ruolo functie",
		"territory": "gebiet vertriebsgebiet region territoire region territorio zona regiao regione gebied regio", "hire_day": "eintritt eintrittsdatum datedembauche datedentree fechadecontratacion fechadeingreso datadeadmissao datadiassunzione indienst", "end_day": "austritt austrittsdatum datedesortie fechadebaja datadesaida datadiuscita uitdienst",
	},
	data.KindProduct: {
		"name": "produkt produktname artikel bezeichnung produit nomduproduit producto nombredelproducto produto nomedoproduto prodotto nomeprodotto productnaam", "external_id": "artikelnummer artikelnr produktnummer reference referencia codice codigo codiceprodotto",
		"family": "produktgruppe warengruppe kategorie famille gamme familia categoria linea famiglia productgroep", "price": "preis listenpreis einzelpreis prix prixunitaire tarif precio preciounitario preco precounitario prezzo prezzounitario prijs stukprijs", "currency": "wahrung devise moneda moeda valuta",
	},
	data.KindQuota: {
		"person": "mitarbeiter vertriebler verkaufer commercial vendeur vendedor comercial venditore verkoper", "territory": "gebiet territoire territorio zona gebied regio",
		"month": "monat zeitraum quartal mois periode trimestre mes periodo trimestre mese maand kwartaal", "amount": "ziel zielbetrag umsatzziel vorgabe quote objectif meta objetivo cuota obiettivo doel doelstelling quotum", "currency": "wahrung devise moneda moeda valuta",
	},
	data.KindActivity: {
		"type": "art typ aktivitatsart aktivitatstyp typedactivite tipo tipodeactividad tipodeatividade tipoattivita soort", "subject": "betreff sujet objet asunto assunto oggetto onderwerp", "day": "datum termin fallig falligam falligkeitsdatum faelligkeit startdatum beginn beginntam dateecheance datedecheance fechadevencimiento datadevencimento datadiscadenza echeance fecha data scadenza vervaldatum",
		"minutes": "dauer duree duracion duracao durata duur", "done": "erledigt termine hecho completado concluido fatto completato afgerond gedaan statut estado stato", "person": "mitarbeiter besitzer zustandig verantwortlich zugewiesenan proprietaire propietario proprietario responsable asignadoa responsavel assegnatoa eigenaar",
		"account": "firma unternehmen bezug bezuglich concernant referentea riferitoa betreffende entreprise compte empresa cuenta azienda bedrijf", "contact": "ansprechpartner kontakt contacto contato contatto contactpersoon", "deal": "verkaufschance affaire opportunite oportunidad negocio oportunidade opportunita trattativa verkoopkans",
		"note": "notiz notizen bemerkung remarque commentaire notas observaciones observacoes opmerkingen beschreibung",
	},
	data.KindStageEntry: {
		"deal": "verkaufschance geschaft affaire opportunite oportunidad negocio oportunidade opportunita trattativa verkoopkans", "stage": "phase stufe etape etapa fase estagio", "day": "datum seit eingetretenam fecha data datedentree",
	},
}
