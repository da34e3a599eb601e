package app

import (
	"strings"

	"fieldbook/data"
)

// importLayout is a file of which the program knows whose it is.
type importLayout struct {
	source string
	kind   string            // of record; "" where its rows are none
	has    string            // folded names of columns that must be there, prefixes of programs taken off
	lacks  string            // that must not
	fields map[string]string // what a column fills, where its name alone does not say; "" leaves it out
	why    string            // of kind "": what the file is instead
}

// importLayouts are looked through in this order. Rows keep their ids under the
// name of the source, so that every laptop gives the same deal the same id.
var importLayouts = append(append(append([]importLayout{
	{source: "maven", kind: data.KindDeal, has: "opportunityid salesagent product account dealstage engagedate closedate closevalue"},
	{source: "maven", kind: data.KindAccount, has: "account sector yearestablished revenue employees officelocation subsidiaryof"},
	{source: "maven", kind: data.KindProduct, has: "product series salesprice"},
	{source: "maven", kind: data.KindPerson, has: "salesagent manager regionaloffice"},
	{source: "attio", kind: data.KindDeal, has: "recordid dealname dealstage dealvalue associatedcompany"},
	{source: "salesmate", kind: data.KindDeal, has: "dealid title dealvalue primarycompany"},
	{source: "vtiger", kind: data.KindDeal, has: "opportunitynumber organizationname salesstage assignedto"},
}, salesforceLayouts...), hubspotLayouts...), otherLayouts...)

// salesforceLayouts are its reports, its API and the Data Loader. A row of the
// API says by its id of what object it is, so some tables share their columns.
var salesforceLayouts = []importLayout{
	{source: "salesforce", kind: data.KindStageEntry, has: "opportunityid field oldvalue newvalue createddate", fields: map[string]string{"opportunityid": "deal", "newvalue": "stage", "createddate": "day", "field": FieldProperty, "oldvalue": FieldOld, "id": ""}},
	{source: "salesforce", kind: data.KindStageEntry, has: "opportunityname fieldevent oldvalue newvalue editdate", fields: map[string]string{"opportunityname": "deal", "newvalue": "stage", "editdate": "day", "fieldevent": FieldProperty, "oldvalue": FieldOld}},
	{source: "salesforce", kind: data.KindStageEntry, has: "opportunityname fromstage tostage lastmodified", fields: map[string]string{"opportunityname": "deal", "tostage": "stage", "fromstage": "", "lastmodified": "day", "amount": "amount", "closedate": "close_day", "probability": ""}},
	{source: "salesforce", kind: data.KindStageEntry, has: "opportunityid stagename createddate", lacks: "name opportunityname ownerid accountname owner", fields: map[string]string{"opportunityid": "deal", "stagename": "stage", "createddate": "day", "id": "", "amount": "amount", "closedate": "close_day", "currencyisocode": "currency"}},
	{source: "salesforce", kind: data.KindStageEntry, has: "id fivetranstart fivetranend stagename closedate", fields: map[string]string{"id": "deal", "stagename": "stage", "fivetranstart": "day", "amount": "amount", "closedate": "close_day", FieldCurrent: "", "fivetranactive": "", "createddate": ""}},
	{source: "salesforce", kind: "", has: "id fivetranstart fivetranend ownerid", why: "The file holds older versions of records that another file of the export holds as they are now."},
	{source: "salesforce", kind: "", has: "id fivetranstart fivetranend accountid", why: "The file holds older versions of records that another file of the export holds as they are now."},
	{source: "salesforce", kind: "", has: "opportunityid pricebookentryid quantity", why: "The file holds the lines of deals, which the book does not keep; it keeps their amounts."},
	{source: "salesforce", kind: "", has: "ordernumber pricebook2id effectivedate", why: "The file holds orders, which the book does not keep."},
	{source: "salesforce", kind: "", has: "isconverted convertedopportunityid status", why: "The file holds leads, which the book does not keep; import the deals, accounts and contacts they became."},
	{source: "salesforce", kind: "", has: "id developername parentroleid forecastuserid", why: "The file holds roles of the other system, which the book does not keep."},
	{source: "salesforce", kind: data.KindDeal, has: "id accountid ownerid stagename closedate", fields: map[string]string{"type": "", "fiscal": "", "expectedrevenue": "", "recordtypeid": "", "name": "name"}},
	{source: "salesforce", kind: data.KindDeal, has: "id stagename closedate probability ownerid", fields: map[string]string{"type": "", "expectedrevenue": ""}},
	{source: "salesforce", kind: data.KindDeal, has: "opportunityowner opportunityname stage", fields: map[string]string{"type": "", "age": "", "fiscalperiod": "", "expectedrevenue": "", "expectedrevenuecurrency": ""}},
	{source: "salesforce", kind: data.KindActivity, has: "id whoid whatid subject activitydate", fields: map[string]string{"whoid": "contact", "whatid": "deal", "ownerid": "person", "activitydate": "day", "accountid": "account", "isclosed": "done", "tasksubtype": "type", "type": "", "priority": ""}},
	{source: "salesforce", kind: data.KindAccount, has: "id ownerid parentid billingcity numberofemployees"},
	{source: "salesforce", kind: data.KindContact, has: "id accountid ownerid reportstoid"},
	{source: "salesforce", kind: data.KindPerson, has: "id managerid userroleid communitynickname"},
	{source: "salesforce", kind: data.KindProduct, has: "id productcode family isactive"},
}

// hubspotLayouts are its exports and the tables of its API.
var hubspotLayouts = []importLayout{
	{source: "hubspot", kind: data.KindStageEntry, has: "dealid fivetranstart value dateentered", fields: map[string]string{"dealid": "deal", "value": "stage", "dateentered": "day", "fivetranactive": "", "fivetranstart": ""}},
	{source: "hubspot", kind: data.KindStageEntry, has: "dealid name value timestamp", fields: map[string]string{"dealid": "deal", "name": FieldProperty, "value": "stage", "timestamp": "day"}},
	{source: "hubspot", kind: data.KindStage, has: "stageid label pipelineid displayorder", fields: map[string]string{"stageid": "external_id", "label": "name", "pipelineid": "pipeline", "displayorder": "position", "closedwon": FieldIsWon, "isclosed": FieldIsClosed}},
	{source: "hubspot", kind: data.KindPipeline, has: "pipelineid label displayorder", fields: map[string]string{"pipelineid": "external_id", "label": "name", "displayorder": "position"}},
	{source: "hubspot", kind: data.KindDeal, has: "dealid dealpipelinestageid dealname", fields: map[string]string{"dealid": "external_id", "dealpipelinestageid": "stage", "dealpipelineid": FieldPipeline, "ownerid": "owner"}},
	{source: "hubspot", kind: data.KindDeal, has: "recordid dealname dealstage"},
	{source: "hubspot", kind: data.KindDeal, has: "dealname dealstage pipeline dealowner"},
	{source: "hubspot", kind: data.KindDeal, has: "dealname dealstage hubspotownerid"},
	{source: "hubspot", kind: data.KindAccount, has: "recordid companyname companyowner"},
	{source: "hubspot", kind: data.KindAccount, has: "recordid name companyowner", fields: map[string]string{"createdate": ""}},
	{source: "zoho", kind: data.KindContact, has: "recordid contactownerid"},
	{source: "hubspot", kind: data.KindContact, has: "recordid firstname lastname contactowner", fields: map[string]string{"associatedcompany": "account", "companyname": "account", "recordid": "external_id"}},
	{source: "hubspot", kind: data.KindAccount, has: "id isdeleted createdate annualrevenue industry", lacks: "ownerid"},
	{source: "hubspot", kind: data.KindContact, has: "id email firstname lastname fivetransynced", lacks: "roleid", fields: map[string]string{"company": "account"}},
	{source: "hubspot", kind: data.KindPerson, has: "ownerid firstname lastname email", fields: map[string]string{"ownerid": "external_id"}},
	{source: "hubspot", kind: data.KindPerson, has: "id primaryteamid roleid email"},
	{source: "hubspot", kind: data.KindActivity, has: "engagementid starttime endtime title", fields: map[string]string{"engagementid": "external_id", "title": "subject", "starttime": "day", "body": "note", "source": "", "sourceid": ""}},
	{source: "hubspot", kind: "", has: "dealid mergeddealid", why: "The file names deals that were merged into others; those are left out of the deals that come with it."},
	{source: "hubspot", kind: "", has: "typeid category", why: "The file only links records to each other."},
}

// otherLayouts are those of further systems.
var otherLayouts = []importLayout{
	{source: "dynamics", kind: data.KindDeal, has: "donotmodifyopportunity", fields: map[string]string{"donotmodifyrowchecksum": "", "donotmodifymodifiedon": "", "rating": ""}},
	{source: "dynamics", kind: data.KindAccount, has: "donotmodifyaccount", fields: map[string]string{"donotmodifyaccount": "external_id", "donotmodifymodifiedon": "", "donotmodifyrowchecksum": ""}},
	{source: "dynamics", kind: data.KindContact, has: "donotmodifycontact", fields: map[string]string{"donotmodifycontact": "external_id", "donotmodifymodifiedon": "", "donotmodifyrowchecksum": "", "companyname": "account"}},
	{source: "dynamics", kind: data.KindDeal, has: "topic potentialcustomer", fields: map[string]string{"rating": ""}},
	{source: "activecampaign", kind: data.KindDeal, has: "dealtitle dealvalue forecastedclosedate"},
	{source: "pipedrive", kind: data.KindDeal, has: "dealtitle dealstatus", fields: map[string]string{"dealid": "external_id", "label": ""}},
	{source: "freshsales", kind: data.KindDeal, has: "salesaccount dealstage"},
	{source: "pipedrive", kind: data.KindDeal, has: "dealid dealvalue", lacks: "name", fields: map[string]string{"dealid": "external_id"}},
	{source: "pipedrive", kind: data.KindAccount, has: "organizationname organizationowner", fields: map[string]string{"organizationid": "external_id", "organizationname": "name"}},
	{source: "pipedrive", kind: data.KindContact, has: "personname personorganization", fields: map[string]string{"personid": "external_id", "personname": "name"}},
	{source: "pipedrive", kind: data.KindActivity, has: "activitysubject activitytype"},
	{source: "zoho", kind: data.KindStageEntry, has: "dealname stage duration modifiedtime", fields: zohoPast},
	{source: "zoho", kind: data.KindStageEntry, has: "dealname stage stageduration modifiedtime", fields: zohoPast},
	{source: "zoho", kind: data.KindStageEntry, has: "dealname stage durationdays modifiedtime", fields: zohoPast},
	{source: "zoho", kind: data.KindDeal, has: "potentialname"},
	{source: "zoho", kind: data.KindDeal, has: "dealname closingdate stage"},
	{source: "zoho", kind: data.KindDeal, has: "recordid dealname closingdate"},
	{source: "close", kind: data.KindDeal, has: "leadname statuslabel statustype", fields: map[string]string{"leadname": "account", "leadid": "", "statuslabel": "stage", "statustype": FieldStatus, "note": "note", "id": "external_id", "username": "owner", "userid": "", "contactname": "contact", "contactid": ""}},
	{source: "insightly", kind: data.KindDeal, has: "opportunityname opportunitystate"},
	{source: "insightly", kind: data.KindDeal, has: "opportunityname bidamount"},
	{source: "copper", kind: data.KindDeal, has: "name ownedby stage status"},
	{source: "bitrix24", kind: data.KindDeal, has: "dealname responsibleperson"},
	{source: "freshsales", kind: data.KindDeal, has: "salesowner dealstage"},
	{source: "streak", kind: data.KindDeal, has: "boxkey stage"},
	{source: "odoo", kind: data.KindDeal, has: "salesperson stage expectedrevenue", fields: map[string]string{"expectedrevenue": "amount", "opportunity": "name", "customer": "account", "active": ""}},
	{source: "odoo", kind: data.KindDeal, has: "userid stageid expectedrevenue", fields: map[string]string{"expectedrevenue": "amount", "userid": "owner", "stageid": "stage", "partnerid": "account", "datedeadline": "close_day", "dateclosed": FieldClosedDay, "createdate": "created_day"}},
	{source: "suitecrm", kind: data.KindDeal, has: "salesstage dateentered dateclosed assigneduserid", fields: map[string]string{"dateclosed": "close_day", "dateentered": "created_day", "amountusdollar": "", "currencyid": "", "opportunitytype": ""}},
	{source: "capsule", kind: data.KindDeal, has: "milestone expectedclosedate pipeline"},
	{source: "netsuite", kind: data.KindDeal, has: "internalid entitystatus", fields: map[string]string{"entitystatus": "stage", "entity": "account", "internalid": "external_id"}},
	{source: "netsuite", kind: data.KindDeal, has: "documentnumber title projectedtotal", fields: map[string]string{"internalid": "external_id", "documentnumber": "", "title": "name", "name": "account", "opportunitystatus": "stage"}},
	{source: "apptivo", kind: data.KindDeal, has: "opportunitynumber opportunityname salesstage"},
	{source: "nutshell", kind: data.KindDeal, has: "leadnumber confidence", fields: map[string]string{"leadnumber": "external_id"}},
	{source: "keap", kind: data.KindDeal, has: "opportunitytitle projectedrevenuehigh", fields: map[string]string{"projectedrevenuehigh": "amount", "projectedrevenuelow": ""}},
	{source: "sap", kind: data.KindDeal, has: "salesphase expectedvalue"},
	{source: "oracle", kind: data.KindDeal, has: "optynumber salesstage statuscode", fields: map[string]string{"optynumber": "external_id", "optyid": "", "statuscode": FieldStatus}},
	{source: "navision", kind: data.KindDeal, has: "no description salespersoncode salescyclecode", fields: navisionDeal},
	{source: "navision", kind: data.KindDeal, has: "nr beschreibung verkaufercode verkaufsprozesscode", fields: navisionDeal},
	{source: "outlook", kind: data.KindContact, has: "firstname lastname jobtitle emailaddress suffix", fields: map[string]string{"title": "", "jobtitle": "title", "businessphone": "phone"}},
}

// zohoPast are the columns of its history of stages.
var zohoPast = map[string]string{"dealname": "deal", "stage": "stage", "modifiedtime": "day", "amount": "amount", "closingdate": "close_day", "probability": "", "expectedrevenue": ""}

// navisionDeal are its columns of a deal, which has no name but a description
// and no stage but a status.
var navisionDeal = map[string]string{"description": "name", "beschreibung": "name", "no": "external_id", "nr": "external_id", "status": FieldStatus, "chancesofsuccess": "", "erfolgschancen": ""}

// layoutFor finds whose file it is, among those of a kind or, where kind is
// "*", among all; nil for nobody's.
func (f *FilePlan) layoutFor(kind string) *importLayout {
	have := f.columnWords()
	lacking := func(w string) bool { return !have[w] }
	for i := range importLayouts {
		l := &importLayouts[i]
		if kind != "*" && l.kind != kind {
			continue
		}
		if !anyWord(l.has, lacking) && !anyWord(l.lacks, func(w string) bool { return have[w] }) {
			return l
		}
	}
	return nil
}

func anyWord(list string, test func(string) bool) bool {
	for _, w := range strings.Fields(list) {
		if test(w) {
			return true
		}
	}
	return false
}

// columnWords are the folded names of the file's columns, as they stand and
// without what programs put around them.
func (f *FilePlan) columnWords() map[string]bool {
	have := map[string]bool{}
	for _, c := range f.Columns {
		for _, h := range heads(c.Name, "") {
			if h.far <= 5 {
				have[h.word] = true
			}
		}
	}
	return have
}

// field says what the layout has a column fill; known is false where the name
// decides.
func (l *importLayout) field(hs []head) (field string, known bool) {
	if l == nil {
		return "", false
	}
	for _, h := range hs {
		if field, known = l.fields[h.word]; known {
			return field, true
		}
	}
	return "", false
}
