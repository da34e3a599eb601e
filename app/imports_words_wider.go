package app

import "fieldbook/data"

// importWordsWider are the names of columns in Polish, Czech, Swedish, Danish,
// Norwegian, Finnish, Turkish and Hungarian, folded.
var importWordsWider = map[string]map[string]string{
	data.KindDeal: {
		"external_id": "identyfikator idszansy numerszansy cislo tunniste azonosito",
		"name": "nazwaszansy szansa szansasprzedazy nazwaszansysprzedazy nazwatransakcji transakcja nazwa temat prilezitost nazevprilezitosti obchodnipripad nazev predmet affar affarsnamn affarsmojlighet namn benamning salgsmulighed salgsmulighet " +
			"mulighed navn emne betegnelse myyntimahdollisuus kauppa kaupannimi nimi firsat firsatadi anlasma anlasmaadi adi uzlet lehetoseg ertekesitesilehetoseg nev",
		"account": "klient nazwaklienta kontrahent nazwafirmy zakaznik klientnazev spolecnost foretag foretagsnamn kund kundnamn konto kunde kundenavn virksomhed virksomhet selskap bedrift firmanavn yritys yrityksennimi asiakas " +
			"asiakkaannimi hesap hesapadi musteri musteriadi sirket sirketadi ugyfel ugyfelneve ceg cegnev partner",
		"owner": "opiekun wlasciciel wlascicielszansy handlowiec odpowiedzialny przypisanydo sprzedawca vlastnik obchodnik odpovednaosoba prirazeno ansvarig ansvarigsaljare saljare agare ansvarlig saelger selger ejer eier omistaja vastuuhenkilo " +
			"myyja sahibi firsatsahibi sorumlu satistemsilcisi felelos tulajdonos ertekesito",
		"contact":     "osobakontaktowa kontaktniosoba kontakt kontaktperson yhteyshenkilo ilgilikisi kapcsolattarto",
		"product":     "produkt produktnavn tuote urun termek",
		"stage":       "etap etapsprzedazy faza faze fazeobchodu stadium fas saljfas steg salgsfase trin vaihe myyntivaihe asama asamasi satisasamasi fazis szakasz",
		"close_day":   "planowanadatazamkniecia oczekiwanadatazamkniecia przewidywanadatazamkniecia datazamkniecia ocekavaneuzavreni ocekavanedatumuzavreni datumuzavreni avslutsdatum forvantatavslut forvantatavslutsdatum stangningsdatum lukkedato forventetlukkedato forventetlukket forventetsluttdato sluttdato paattymispaiva odotettupaattymispaiva kapanistarihi tahminikapanistarihi zarasdatuma varhatolezaras",
		"loss_reason": "powodprzegranej przyczynaprzegranej powodutraty duvodprohry duvodztraty forlustorsak orsaktillforlust tabsarsag tapsarsak arsagtiltab haviamisensyy kayipnedeni kaybetmenedeni vesztesegoka",
		"amount":      "wartosc kwota wartoscszansy wartoscnetto przychod castka hodnota objem varde belopp ordervarde affarsvarde vaerdi belob verdi belop arvo summa tutar deger firsattutari osszeg ertek",
		"currency":    "waluta mena valuta valuutta parabirimi doviz penznem",
		"created_day": "datautworzenia utworzono utworzona datadodania vytvoreno datumvytvoreni skapad skapaddatum skapadden oprettet oprettetden oprettelsesdato opprettet opprettetdato luotu luontipaiva olusturulmatarihi olusturmatarihi letrehozva letrehozas",
		"next_step":   "nastepnykrok kolejnykrok dalsikrok nastasteg naestetrin nestesteg seuraavavaihe sonrakiadim kovetkezolepes",
		"competitor":  "konkurent konkurence konkurrent kilpailija rakip versenytars",
		"source":      "zrodlo zrodloszansy zrodloleada zdroj kalla leadkalla kilde lahde kaynak forras",
		"note":        "uwagi opis notatki poznamka popis anteckning beskrivning notering bemaerkning bemerkning beskrivelse notat muistiinpano kuvaus aciklama notlar megjegyzes leiras",
		FieldStatus:   "stav tila durum allapot statusszansy",
		FieldPipeline: "lejek lejeksprzedazy saljprocess salgsproces salgspipeline myyntiputki satishatti", FieldProbability: "prawdopodobienstwo szansawygrania pravdepodobnost sannolikhet sandsynlighed sannsynlighet todennakoisyys olasilik valoszinuseg",
		FieldClosedDay: "zamkniete dataskutecznegozamkniecia skutecnedatumuzavreni avslutad avsluttet afsluttet lukketden suljettu kapandi lezarva",
		FieldWonDay:    "datawygranej wygranadnia vunnen vundetden vunnetdato kazanildi", FieldLostDay: "dataprzegranej forloraddatum tabtden taptdato kaybedildi",
	},
	data.KindAccount: {
		"name":     "nazwafirmy firma klient nazwaklienta kontrahent nazwa zakaznik spolecnost nazev foretag foretagsnamn kund namn virksomhed virksomhet selskap bedrift navn yritys asiakas nimi sirket musteri hesapadi ceg cegnev ugyfel nev",
		"industry": "branza obor odvetvi bransch branche bransje toimiala sektor sektorler agazat", "owner": "opiekun wlasciciel vlastnik ansvarig agare ansvarlig omistaja sahibi felelos",
		"address": "ulica adres adresa adress gatuadress adresse gade katuosoite osoite cim", "city": "miasto miejscowosc mesto obec ort stad postort by poststed kaupunki postitoimipaikka sehir varos", "state": "wojewodztwo kraj lan amt fylke maakunta il megye",
		"postal_code": "kodpocztowy psc postnummer postnr postinumero postakodu iranyitoszam", "country": "panstwo zeme stat land maa ulke orszag",
		"employees": "liczbapracownikow pocetzamestnancu antalanstallda antalansatte antallansatte henkilosto calisansayisi letszam", "revenue": "przychody obrot omsattning omsaetning omsetning liikevaihto ciro arbevetel",
		"website": "stronawww stronainternetowa web hemsida webbplats hjemmeside nettside verkkosivu websitesi weboldal", "phone": "telefon nrtelefonu puhelin",
	},
	data.KindContact: {
		"name": "imieinazwisko osobakontaktowa jmenoaprijmeni namn kontaktperson fuldenavn fulltnavn navn nimi adsoyad teljesnev", FieldFirstName: "imie jmeno fornamn fornavn etunimi ad isim keresztnev", FieldLastName: "nazwisko prijmeni efternamn efternavn etternavn sukunimi soyad soyadi vezeteknev",
		"account": "firma nazwafirmy klient spolecnost foretag virksomhed virksomhet selskap yritys sirket ceg", "title": "stanowisko pozice funkce titel befattning stilling titteli unvan gorev beosztas",
		"email": "adresemail epost epostadresse sahkoposti eposta emailcim", "phone": "telefon telefonkomorkowy mobil matkapuhelin puhelin ceptelefonu mobiltelefon",
	},
	data.KindPerson: {
		"name": "imieinazwisko pracownik handlowiec sprzedawca zamestnanec obchodnik medarbetare saljare medarbejder saelger ansatt selger tyontekija myyja calisan dolgozo", FieldFirstName: "imie jmeno fornamn fornavn etunimi ad keresztnev", FieldLastName: "nazwisko prijmeni efternamn efternavn etternavn sukunimi soyad vezeteknev",
		"email": "adresemail epost epostadresse sahkoposti eposta", "manager": "przelozony kierownik menedzer nadrizeny chef leder esimies esihenkilo yonetici vezeto",
		"title": "stanowisko pozice befattning stilling titteli unvan beosztas", "territory": "obszar rejon oblast omrade distrikt alue bolge terulet", "hire_day": "datazatrudnienia datumnastupu anstallningsdatum ansaettelsesdato ansattdato palvelukseentulo isebaslamatarihi",
	},
	data.KindQuota: {
		"person": "handlowiec sprzedawca obchodnik saljare saelger selger myyja", "month": "miesiac okres mesic obdobi manad kuukausi ay donem honap", "amount": "cel plan limit cil mal budget tavoite hedef kvota cel sprzedazowy", "currency": "waluta mena valuta",
	},
}
