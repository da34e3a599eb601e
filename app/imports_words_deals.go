package app

// importExtraWords tells which columns fill what is no field of the kind
// itself: how a deal ended, in which pipeline it stands, whether its row counts.
var importExtraWords = map[string]string{
	FieldStatus:      "status dealstatus opportunitystatus statustype opportunitystate dealstate state statecode outcome result winloss wonlost closedstatus winlost dealoutcome opportunityresult opportunityoutcome dealresult salesresult finalresult lifecyclestatus lifecyclestate statuscode winorloss wonorlost salesstatus",
	FieldPipeline:    "pipeline pipelinename dealpipeline pipelineid dealpipelineid opportunitypipeline pipelinetitle stageset track funnel salesprocess pipelinelabel subpipeline salesmethod salescyclecode",
	FieldProbability: "probability winprobability dealprobability confidence chanceofsuccess closeprobability winlikelihood estimatedprobability stageprobability probabilitypercent chance winchance likelihood successprobability probabilitytoclose opportunityprobability winprob chancesofsuccess probabilityofwinning",
	FieldWonDay:      "wontime datewon wonon wonat wondate closedwondate dealwondate wonday",
	FieldLostDay:     "losttime datelost loston lostat lostdate closedlostdate deallostdate lostday",
	FieldClosedDay:   "dealclosedon actualclosedate closedon closeddate closedtime closedat completeddate dateclosedactual actualclosingdate wonlostdate closetime dealcloseddate actualcloseday closingtime completedon dateclosedon",
	FieldActual:      "actualrevenue actualvalue wonamount actualamount wonvalue closedamount",
	FieldIsWon:       "iswon won closedwon win",
	FieldIsClosed:    "isclosed closed",
	FieldDeleted:     "isdeleted deleted fivetrandeleted deletedflag recorddeleted cancelled canceled",
	FieldCurrent:     "fivetranactive iscurrent currentversion",
	FieldProperty:    "field fieldname property propertyname changedfield attribute",
}

// importDealWords are the names of columns that fill the fields of a deal.
var importDealWords = map[string]string{
	"external_id": "opportunityid dealid id recordid opportunitynumber dealnumber donotmodifyopportunity opportunityno oppid opportunityrecordid dealrecordid internalid transactionnumber documentnumber leadnumber boxkey potentialid recordnumber itemid externalid guid uuid crmid opportunityguid pipedrivesystemid optynumber optyid reference ref no refno",
	"name":        "opportunityname dealname opportunity deal dealtitle opportunitytitle topic potentialname title boxname leadname oppname opportunitydescription item itemname project projectname subject deals record leads taskname lead",
	"account": "accountname company companyname customer customername client clientname organization organisation organizationname organisationname accountid companyid " +
		"potentialcustomer associatedcompany primaryassociatedcompany primarycompany associatedcompanies salesaccount salesaccountname relatedcompany linkedorganization party partyname prospect prospectname " +
		"companycontactname customeraccount targetpartyname accountpartyname contactcompanyname relatedcompanies relatedorganizations partner partnerid customerid organizationid organisationid companies accounts organizations parentaccount orgname crmaccount accountaccountname opportunityaccount endcustomer",
	"owner": "opportunityowner dealowner owner ownername salesagent salesrep salesrepname salesowner assignedto assignedusername assigneduser accountexecutive responsible responsibleperson " +
		"responsibleuser userresponsible salesperson ownedby leadowner recordowner potentialowner assignee assigned employeeresponsible ownerfullname hubspotowner ownerid hubspotownerid ownernamefull rep accountmanager accountowner " +
		"assigneduserid owneralias agent user username userid owneruserid ownersname salesmanager seller ownerresourcepartyname accountexec accountexecutivename salesexecutive salesexec ae salespersoncode salespersonname owneremail dealowneremail salesowneremail",
	"contact": "contactname primarycontact contact associatedcontact contactperson maincontact primarypersoncontact keycontact person personname contactid primarycontactid associatedcontacts contacts relatedcontacts people buyer primarycontactpartyname associatedpeople relatedpeople",
	"product": "productname product products productinterest primaryproduct productline",
	"stage": "dealstage stagename stage opportunitystage salesstage pipelinestage currentstage salesphase phase milestone stagetitle dealphase statuslabel entitystatus salesstagename pipelinephase dealpipelinestageid stageid " +
		"pipelinestageid dealstageid salesstageid milestonename salescyclephase currentphase leadstage opportunitystagename step stagelabel salesstep leadstatus currentsalescyclestage salescyclestage",
	"close_day": "closedate expectedclosedate closingdate expectedclose estclosedate estimatedclosedate expectedclosingdate expectedclosing forecastclosedate forecastedclosedate estimatedclose estclose " +
		"anticipatedclosedate anticipatedclosingdate targetclosedate projectedclosedate plannedclosedate expectedcloseday estimatedclosingdate closeday closing dateclosed datedeadline closedateexpected " +
		"expectedtoclose expectedclosuredate expecteddateofclose closeby expectedon forecastdate dealclosedate opportunityclosedate targetdate effectivedate close enddate duedate due deadline",
	"loss_reason": "lostreason closedlostreason lossreason reasonlost reasonforloss lostreasonid losereason reasonforlosing lossreasons reasonforstatus closedlostreasondetail winlossreason lostreasonname whylost dealloststage refusalreason reasonofclose reasonwonlostcode reasonwonlost rejectionreason reasonforrejection unqualifiedreason statusreason reason closereason",
	"amount": "amount likely value dealvalue dealamount opportunityamount opportunityvalue closevalue bidamount estrevenue estimatedrevenue estimatedvalue dealsize totalvalue totalamount valuetotal contractvalue total revenue " +
		"tcv totalcontractvalue projectedtotal projectedrevenue projectedamount projectedrevenuehigh potentialvalue income expectedvalue expectedrevenue amountincompanycurrency amountconverted valueconverted acv annualcontractvalue " +
		"arr price budgetamount budget leadvalue sum opportunityamountusd potential estimatedamount salesvolume expectedrevenuetotal plannedrevenue grossvalue netvalue mrr",
	"currency":      "currencycode currencyisocode dealcurrency amountcurrency currencyofvalue valuecurrency bidcurrency currency opportunitycurrency currencyid currencyname transactioncurrency opportunitycurrencycode isocurrencycode curr cur",
	"category":      "forecastcategory forecastcategoryname forecast forecasttype forecaststatus commitment",
	"created_day":   "createddate createdate createdon created creationdate createdat createdtime datecreated createtime dealcreated dealcreatedon dealcreatedate opportunitycreateddate addtime addedon dateadded dateentered added opendate openeddate opened creationtime createddatetime entered entrydate createdday startdate date",
	"engaged_day":   "engagedate engageddate engaged",
	"next_step":     "nextaction nextsteps nextactivity nextactivitysubject nextactionnotes nexttask",
	"next_step_day": "nextstepdate nextstepduedate nextactiondate nextactivitydate nextfollowup nextfollowupdate followupdate nextsteps_due",
	"competitor":    "maincompetitor competitors competitorname maincompetitors primarycompetitor lostto primarycompetitorpartyname lostcompetitor",
	"source":        "leadsource source sourcename leadsourcename originalsource leadorigin dealsource opportunitysource campaignsource sourcechannel sourcecampaign originalsourcetype leadchannel",
	"note":          "notes description comments note comment details dealdescription opportunitydetails remarks internalnotes memo nextstepnotes",
}
