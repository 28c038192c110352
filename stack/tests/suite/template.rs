//! The reader of CloudFormation templates: what its functions give, and what it refuses.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde_json::{Value, json};
    use stack::template::{Evaluated, Fault, Inputs, Template, TemplateError};

    const HEAD: &str = "
Parameters:
  Stage: {Type: String, Default: staging}
  Names: {Type: CommaDelimitedList, Default: ''}
Mappings:
  Sizes:
    staging: {Memory: 128}
    production: {Memory: 256}
Conditions:
  Production: !Equals [!Ref Stage, production]
  Staging: !Not [!Condition Production]
  HasNames: !Not [!Equals [!Join ['', !Ref Names], '']]
  Both: !And [!Condition Staging, !Condition HasNames]
  Either: !Or [!Condition Production, !Condition HasNames]
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {BucketName: !Sub '${Stage}-b'}
  Spare:
    Type: AWS::S3::Bucket
    Condition: Production
";

    fn inputs(parameters: &[(&str, &str)]) -> Inputs {
        let pairs = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        Inputs {
            parameters: pairs(parameters),
            account_id: "123456789012".into(),
            region: "eu-west-1".into(),
            stack_name: "s".into(),
            physical: pairs(&[("Bucket", "the-bucket")]),
        }
    }

    fn evaluate(outputs: &str, parameters: &[(&str, &str)]) -> Result<Evaluated, TemplateError> {
        Template::parse(&format!("{HEAD}{outputs}"))?.evaluate(&inputs(parameters))
    }

    /// The value of an expression, for these parameters.
    fn value(expression: &str, parameters: &[(&str, &str)]) -> Value {
        let outputs = format!("Outputs:\n  O:\n    Value: {expression}\n");
        evaluate(&outputs, parameters).unwrap().outputs.remove("O").unwrap()
    }

    fn fault(text: &str, parameters: &[(&str, &str)]) -> (String, Fault) {
        let error = evaluate(text, parameters).unwrap_err();
        let [problem] = error.problems() else { panic!("{error}") };
        (problem.at.clone(), problem.fault.clone())
    }

    #[test]
    fn every_function_gives_what_cloudformation_gives() {
        for (expression, expected) in [
            ("!Ref Stage", json!("staging")),
            ("{Ref: Stage}", json!("staging")),
            ("!Ref Names", json!(["a", "b"])),
            ("!Ref Bucket", json!("the-bucket")),
            ("!Ref AWS::Region", json!("eu-west-1")),
            ("!GetAtt Bucket.Arn", json!("arn:aws:s3:::the-bucket")),
            ("{'Fn::GetAtt': [Bucket, RegionalDomainName]}", json!("the-bucket.s3.eu-west-1.amazonaws.com")),
            (
                "!Sub '${Stage}/${Bucket.Arn}/${AWS::AccountId}/${!Literal}'",
                json!("staging/arn:aws:s3:::the-bucket/123456789012/${Literal}"),
            ),
            ("!Sub ['${Own}-${Stage}', {Own: !Select [1, !Ref Names]}]", json!("b-staging")),
            ("!Join ['-', [!Ref Stage, 7, true]]", json!("staging-7-true")),
            ("!Join ['', !Ref Names]", json!("ab")),
            ("!Split [',', 'x,y,']", json!(["x", "y", ""])),
            ("!Select ['0', !Split ['.', 'p.q']]", json!("p")),
            ("!FindInMap [Sizes, !Ref Stage, Memory]", json!(128)),
            ("!If [Production, 1, !If [HasNames, {a: [2, !Ref AWS::NoValue]}, 3]]", json!({"a": [2]})),
            ("{a: !Ref AWS::NoValue, b: !If [Both, yes-both, no]}", json!({"b": "yes-both"})),
            ("!If [Either, 1, 2]", json!(1)),
            ("{Condition: {StringEquals: {a: b}}}", json!({"Condition": {"StringEquals": {"a": "b"}}})),
        ] {
            assert_eq!(
                value(&expression.replace("no]", "'no']"), &[("Names", "a, b")]),
                expected,
                "{expression}"
            );
        }
        assert_eq!(value("!If [Either, 1, 2]", &[]), 2);
        assert_eq!(value("!If [Either, 1, 2]", &[("Stage", "production")]), 1);
    }

    #[test]
    fn only_what_its_condition_lets_is_created() {
        let created = |parameters: &[(&str, &str)]| -> Vec<String> {
            evaluate("", parameters).unwrap().resources.into_keys().collect()
        };
        assert_eq!(created(&[]), ["Bucket"]);
        assert_eq!(created(&[("Stage", "production")]), ["Bucket", "Spare"]);
        let output = "Outputs: {O: {Value: !Ref Spare}}";
        assert_eq!(fault(output, &[]), ("Outputs.O".into(), Fault::NotCreated("Spare".into())));
        assert!(evaluate("Outputs: {O: {Value: !Ref Spare, Condition: Production}}", &[]).is_ok());
        assert_eq!(value("!If [Production, !Ref Spare, none]", &[("Stage", "production")]), "Spare");
    }

    #[test]
    fn what_is_not_known_is_named_even_where_it_is_left_out() {
        let output = |expression: &str| {
            format!("Outputs:\n  O:\n    Condition: Production\n    Value: {expression}\n")
        };
        for (expression, expected) in [
            ("!Ref Nothing", Fault::UnknownName("Nothing".into())),
            ("!Sub '${Nothing}'", Fault::UnknownName("Nothing".into())),
            ("!If [Staging, 1, !Ref Nothing]", Fault::UnknownName("Nothing".into())),
            ("!GetAtt Nothing.Arn", Fault::UnknownResource("Nothing".into())),
            (
                "!GetAtt Bucket.Colour",
                Fault::UnknownAttribute { kind: "AWS::S3::Bucket".into(), attribute: "Colour".into() },
            ),
            ("!If [Nothing, 1, 2]", Fault::UnknownCondition("Nothing".into())),
            ("!FindInMap [Nothing, a, b]", Fault::UnknownMapping("Nothing".into())),
            ("!Base64 x", Fault::UnknownFunction("Fn::Base64".into())),
            ("{'Fn::ImportValue': x}", Fault::UnknownFunction("Fn::ImportValue".into())),
            ("!If [Production, 1]", Fault::Expected("the name of a condition and two values")),
            ("{Ref: Stage, More: 1}", Fault::Expected("a function to stand alone")),
            ("!Sub '${Stage'", Fault::Expected("a } after every ${")),
        ] {
            assert_eq!(fault(&output(expression), &[]).1, expected, "{expression}");
        }
    }

    #[test]
    fn what_cannot_be_evaluated_is_named() {
        let output = |expression: &str| format!("Outputs: {{O: {{Value: {expression}}}}}");
        assert_eq!(fault(&output("!Select [2, [a, b]]"), &[]).1, Fault::NoElement(2));
        assert_eq!(
            fault(&output("!FindInMap [Sizes, !Ref Stage, Memory]"), &[("Stage", "x")]).1,
            Fault::NoEntry("x.Memory".into())
        );
        assert_eq!(fault(&output("!Join ['', !Ref Stage]"), &[]).1, Fault::Expected("a list"));
        assert_eq!(fault(&output("!Sub '${Names}'"), &[]).1, Fault::Expected("a text"));
        assert_eq!(fault(&output("!Equals [1, 2]"), &[]).1, Fault::Expected("a value, not a condition"));
        assert_eq!(fault("", &[("Unknown", "x")]).1, Fault::UnknownMember("Unknown".into()));
        let circle = HEAD.replace("!Equals [!Ref Stage, production]", "!Not [!Condition Staging]");
        let error = Template::parse(&circle).unwrap().evaluate(&inputs(&[])).unwrap_err();
        assert!(
            error.to_string().contains("Conditions.Production: the condition depends on itself"),
            "{error}"
        );
    }

    #[test]
    fn unknown_members_are_named_all_at_once() {
        let text = HEAD.replace(
            "Type: AWS::S3::Bucket\n    Condition",
            "Type: AWS::S3::Vault\n    CreationPolicy: {}\n    Condition",
        );
        let error =
            Template::parse(&format!("{text}Hooks: {{}}\nOutputs: {{O: {{Value: 1, Export: {{Name: x}}}}}}"))
                .unwrap_err();
        assert_eq!(error.problems().len(), 4, "{error}");
        for named in ["AWS::S3::Vault", "CreationPolicy", "\"Hooks\"", "\"Export\""] {
            assert!(error.to_string().contains(named), "{named}: {error}");
        }
        assert!(Template::parse("Transform: AWS::Serverless-2016-10-31").is_err());
    }

    proptest! {
        #[test]
        fn never_panics(text in "([A-Z][a-z]{0,6}: |- |!Ref |!Sub |'|\\$\\{|\\}|\\[|\\]|, |\n  |\n|Fn::If|Resources:\n  A:\n    Type: AWS::S3::Bucket\n){0,20}") {
            if let Ok(template) = Template::parse(&text) {
                let _ = template.evaluate(&inputs(&[]));
            }
        }
    }
}
