//! `readOnly` and `writeOnly` properties: some exist only in responses, others only in requests.

use std::collections::BTreeMap;

use golden_directions::types::{
    Member, MemberRequest, Note, PersonRequest, Receipt, Robot, Team, TeamAddressRequest, TeamRequest, User,
    UserRequest, UserRequest2,
};
use serde_json::{from_value, json, to_value};

fn main() {
    let lead = UserRequest2::new("Ann", "secret");
    assert_eq!(to_value(&lead).expect("JSON"), json!({"name": "Ann", "password": "secret"}));
    let user: User = from_value(json!({"id": 7, "name": "Ann", "stamp": {"by": "us"}})).expect("without a password");
    assert_eq!((user.id, user.stamp.and_then(|stamp| stamp.by).as_deref()), (7, Some("us")));

    let person = MemberRequest::from(PersonRequest::new().pin("1234"));
    let robot = MemberRequest::from(Robot::new().model("R2"));
    let team = TeamRequest::new("Red")
        .lead(lead)
        .members(BTreeMap::from([("a".to_owned(), person), ("b".to_owned(), robot)]))
        .reason(UserRequest::new())
        .address(TeamAddressRequest::new("Main"));
    let expected = json!({
        "name": "Red",
        "lead": {"name": "Ann", "password": "secret"},
        "members": {"a": {"kind": "human", "pin": "1234"}, "b": {"kind": "Robot", "model": "R2"}},
        "reason": {},
        "address": {"street": "Main"},
    });
    assert_eq!(to_value(&team).expect("JSON"), expected);
    let received = json!({
        "name": "Red",
        "members": {"a": {"kind": "human", "since": 1999}},
        "address": {"street": "Main", "checked": true},
    });
    let team: Team = from_value(received.clone()).expect("a team");
    let members = team.members.as_ref().expect("members");
    assert!(matches!(&members["a"], Member::Person(person) if person.since == 1999));
    assert_eq!(to_value(&team).expect("JSON"), received);
    assert!(from_value::<Team>(json!({"name": "Red", "address": {"street": "Main"}})).is_err());

    assert_eq!(to_value(Note::new("hi")).expect("JSON"), json!({"text": "hi"}));
    assert_eq!(from_value::<Receipt>(json!({"id": 1})).expect("without a proof").id, 1);
}
