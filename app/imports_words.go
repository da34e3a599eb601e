package app

import (
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// importWords tells, for each kind, which column names fill which field. Names
// are folded; the likelier ones stand first. A field's own name and label need
// no entry.
var importWords = map[string]map[string]string{
	data.KindPerson: {
		"name":         "lastnamefirstname namelastfirst salesagent rep salesrep salesrepresentative salesperson agent owner fullname employee person ownername username member worker workername legalname associate",
		"external_id":  "id userid ownerid personid employeeid employeenumber workerid staffid personnelnumber",
		"email":        "mail emailaddress workemail useremail owneremail emailwork businessemail primaryworkemail companyemail",
		"phone":        "phonenumber mobilephone telephone mobile",
		"manager":      "managername reportsto supervisor boss managerid teamlead managersname linemanager reportingto supervisorname",
		"title":        "jobtitle businesstitle position positiontitle jobprofile",
		"hire_day":     "hiredate hired startdate joined joindate dateofhire originalhiredate employmentstart",
		"end_day":      "enddate leavedate left terminationdate lastday lastworkingday employmentend",
		"status":       "workerstatus employeestatus employmentstatus userstatus",
		"territory":    "regionaloffice region office area salesterritory district",
		FieldFirstName: "firstname givenname forename",
		FieldLastName:  "lastname surname familyname",
	},
	data.KindTerritory: {
		"name": "territory territoryname region regionname", "external_id": "id territoryid", "parent": "parentterritory parentname partof",
	},
	data.KindAccount: {
		"name":        "account accountname company companyname customer customername organisation organization client firm",
		"external_id": "id accountid companyid customerid organizationid recordid no customerno accountno customernumber",
		"industry":    "sector vertical industryname industrytype primaryindustry branch",
		"parent":      "subsidiaryof parentaccount parentcompany parentid parentaccountid parentname",
		"territory":   "salesterritory region territoryname",
		"owner":       "accountowner ownername salesrep rep salesagent ownerid companyowner organizationowner assignedto assignedusername salespersoncode salesperson accountmanager",
		"address":     "street billingstreet streetaddress address1 addressline1 billingaddress addressstreet street1 address1street1 billingaddressstreet mailingstreet streetaddressline1",
		"city":        "billingcity town citytownvillagelocality citytownvillagelocalityofaddress address1city billingaddresscity mailingcity locality", "state": "billingstate province region billingstateprovince stateregion statecounty statecountyofaddress address1stateprovince billingaddressstate stateprovince county", "postal_code": "zip zipcode postcode billingpostalcode zippostalcode zippostalcodeofaddress address1zippostalcode billingcode postalzip zippostal billingaddresspostalcode billingzip billingzippostalcode",
		"country":  "officelocation billingcountry location headquarters countryname countryregion countryofaddress address1countryregion billingaddresscountry billingstatecountry countryregioncode countrycode",
		"latitude": "lat billinglatitude", "longitude": "lon lng long billinglongitude",
		"employees": "numberofemployees employeecount headcount staff employeecountrange companysize size", "revenue": "annualrevenue turnover",
		"founded": "yearestablished foundedyear yearfounded established", "website": "url domain web homepage companydomainname companydomain websiteurl webaddress",
		"phone": "phonenumber telephone mainphone businessphone workphone officephone phoneno", "note": "notes description comments",
	},
	data.KindContact: {
		"name": "contact contactname fullname", "external_id": "id contactid recordid uid", "account": "accountname company companyname organization accountid customer associatedcompany primaryassociatedcompany organization organizationname organisation organisationname client clientname companyid accountaccountname organization1name organizationname1 employer",
		"title": "jobtitle position role positiontitle designation function organization1title organizationtitle", "email": "mail emailaddress personemail emailwork workemail emailaddress1 primaryemail emails contactemail email1value email1 email1address businessemail", "phone": "phonenumber mobilephone telephone mobile businessphone workphone phonework directphone mobilephonenumber personphone phones cellphone phone1value phone1 primaryphone phoneno", "note": "notes description comments",
		FieldFirstName: "firstname givenname forename", FieldLastName: "lastname surname familyname",
	},
	data.KindProduct: {
		"name": "product productname item itemname productdescription itemdescription description", "external_id": "id productid sku productcode code itemno itemnumber partnumber articleno no", "family": "series productfamily category line productline itemcategory itemgroup productgroup productcategory",
		"price": "salesprice listprice unitprice rrp listpriceexvat standardprice netprice unitsalesprice salesunitprice", "currency": "currencycode currencyisocode",
	},
	data.KindDeal: importDealWords,
	data.KindStageEntry: {
		"deal":        "dealid opportunityid opportunity dealname opportunityname parentid objectid id",
		"stage":       "stagename dealstage tostage newstage newvalue value stageid pipelinestage salesstage phase",
		"day":         "date dateofchange changeddate entered dateentered entereddate enteredon changedate changedon createddate timestamp editdate changedat createdat fivetranstart startdate movedon since",
		FieldPipeline: "pipeline pipelinename pipelineid",
	},
	data.KindActivity: {
		"type": "activitytype tasksubtype tasktype eventtype", "subject": "activity activitysubject taskname tasktitle title name summary", "external_id": "id activityid taskid recordid uid eventid engagementid", "deal": "dealid opportunity opportunityid dealname opportunityname associateddeal relateddeal",
		"account": "accountname associatedcompany company accountid organization organisation companyname customer client regarding relatedcompany companyaccount", "contact": "contactname contactid contactperson person personname primarycontact relatedcontact associatedcontact requiredattendees attendees", "person": "owner rep salesrep salesagent assignedto ownerid who assignedtouser assigneduser assignedusername assignee user createdby loggedby activityowner activityassignedto assigned meetingorganizer organizer",
		"day": "date activitydate duedate when start starttime startdate start_date activitydatetime scheduledat completedat", "minutes": "duration durationminutes length durationinminutes calldurationinminutes lengthminutes", "done": "completed isclosed isdone taskstatus activitystatus status", "note": "notes description comments body details content fullcomments",
	},
	data.KindQuota: {
		"person": "salesagent rep salesrep salesperson owner agent name salesrepresentative userfullname user username employee quotaowner", "territory": "region regionaloffice area",
		"month": "period quotamonth date quarter startdate quotastartdate periodstart", "amount": "quota target quotaamount goal salesquota", "currency": "currencycode",
	},
}

// importNeed is what a file must have to be taken for a kind: of each group of
// fields, one of those between its blanks.
type importNeed struct {
	kind   string
	needs  []string
	titled bool // the column that names the rows must say that they are deals
}

// importNeeds lists what a file must have to be taken for a kind: one of each
// group. The first kind with the most matching columns wins.
var importNeeds = []importNeed{
	{kind: data.KindStageEntry, needs: []string{"deal", "stage", "day"}},
	{kind: data.KindDeal, needs: []string{"stage", "external_id name", "amount close_day account owner"}},
	{kind: data.KindDeal, needs: []string{"stage", "pipeline probability"}, titled: true},
	{kind: data.KindDeal, needs: []string{"amount", "close_day account owner"}, titled: true},
	{kind: data.KindActivity, needs: []string{"type subject", "day", "deal account contact person"}},
	{kind: data.KindContact, needs: []string{"name first_name last_name", "account", "email phone title first_name"}},
	{kind: data.KindPerson, needs: []string{"name first_name last_name", "manager territory email role title hire_day"}},
	{kind: data.KindAccount, needs: []string{"name", "industry employees revenue country city website founded territory parent owner address"}},
	{kind: data.KindProduct, needs: []string{"name", "price family"}},
	{kind: data.KindQuota, needs: []string{"person territory", "month", "amount"}},
	{kind: data.KindTerritory, needs: []string{"name", "parent"}},
}

// SourceFile is the source of files of no known layout.
const SourceFile = "file"

// importWordMap gives the field for each folded column name of a kind; a
// number says how likely it is, less being likelier.
func importWordMap(kind string, fields []data.Field) map[string]importWord {
	out := map[string]importWord{}
	add := func(word, field string, rank int) {
		if old, ok := out[word]; !ok || rank < old.rank {
			out[word] = importWord{field, rank}
		}
	}
	for at, table := range []map[string]map[string]string{importWords, importWordsAbroad, importWordsWider, importWordsFar} {
		for field, words := range table[kind] {
			for i, w := range strings.Fields(words) {
				if w[0] >= 0x80 {
					w = sheet.Fold(w)
				}
				add(w, field, 2+100*at+i)
			}
		}
	}
	for field, words := range importExtraWords {
		if _, own := importExtra(kind, field); !own {
			continue
		}
		for i, w := range strings.Fields(words) {
			add(w, field, 2+i)
		}
	}
	for _, f := range fields {
		add(sheet.Fold(f.Name), f.Name, 0)
		add(sheet.Fold(f.Label), f.Name, 1)
	}
	return out
}

type importWord struct {
	field string
	rank  int
}
